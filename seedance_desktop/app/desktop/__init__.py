"""The program as the desktop knows it: its name and icon, badge and progress, what is opened with it, sleep and end."""
