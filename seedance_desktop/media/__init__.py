"""Images in, frames and posters out, recipes inside MP4s: the only room with Pillow, pillow-heif and PyAV."""
