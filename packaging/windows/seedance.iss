; The Windows installer, for one user and without administrator's rights; compiled by packaging/windows/installer.py.
; Given from outside: Folder (what PyInstaller made), Root (the repository), Version, Numbers (a.b.c.d),
; Architecture (x64compatible or arm64), and Sign where the files are to be signed.

#define Name "Seedance Desktop"
#define Window "Seedance.exe"
#define Console "seedance-desktop.exe"
#define Classes "Software\Classes"
#define Kind "Seedance.Video"

[Setup]
; The GUID is the program's for good: an update finds the earlier version by it.
AppId={{58BFB374-6BB7-4C3F-BA15-083AE823DDBE}
AppName={#Name}
AppVersion={#Version}
AppVerName={#Name} {#Version}
AppPublisher={#Name}
AppCopyright=GPL-3.0-or-later
VersionInfoVersion={#Numbers}
VersionInfoProductTextVersion={#Version}
VersionInfoDescription={#Name} Setup
PrivilegesRequired=lowest
DefaultDirName={localappdata}\Programs\{#Name}
DisableDirPage=auto
DisableProgramGroupPage=yes
; Windows 10 1809: Qt 6 wants it.
MinVersion=10.0.17763
ArchitecturesAllowed={#Architecture}
#if Architecture != "x86compatible"
ArchitecturesInstallIn64BitMode={#Architecture}
#endif
LicenseFile={#Root}\LICENSE
SetupIconFile={#Root}\resources\application\seedance.ico
UninstallDisplayName={#Name}
UninstallDisplayIcon={app}\{#Window}
WizardStyle=modern
WizardSmallImageFile=wizard.bmp
ShowLanguageDialog=auto
Compression=lzma2/max
SolidCompression=yes
; A running program is asked to end as at log-out: what is in flight is on disk by then.
CloseApplications=yes
CloseApplicationsFilter=*.exe,*.dll,*.pyd
RestartApplications=no
ChangesAssociations=yes
ChangesEnvironment=yes
SetupLogging=yes
#ifdef Sign
SignTool=seedance
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
; Inno Setup 6 brings no Chinese: ours goes over its English, so a message of a later version is English, not missing.
Name: "zh"; MessagesFile: "compiler:Default.isl,Chinese.isl"

[Messages]
en.ConfirmUninstall=Remove %1 from this computer?%n%nYour libraries, your keys and your settings stay.
zh.ConfirmUninstall=要从此电脑中移除 %1 吗？%n%n您的素材库、密钥和设置都会保留。

[CustomMessages]
en.OnPath=Let the command line find it: add &seedance-desktop to PATH
zh.OnPath=在命令行中可用：把 seedance-desktop 加入 PATH(&S)
en.CommandLine=Command line:
zh.CommandLine=命令行：
en.KindOfFile=Video
zh.KindOfFile=视频
en.StillRunning=%1 is running. Close it first, then choose OK.
zh.StillRunning=%1 正在运行。请先关闭它，然后点击“确定”。

[Tasks]
Name: "desktop"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked
Name: "path"; Description: "{cm:OnPath}"; GroupDescription: "{cm:CommandLine}"; Flags: unchecked

[InstallDelete]
; What an earlier version brought and this one doesn't must not be found by Python.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Folder}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{userprograms}\{#Name}"; Filename: "{app}\{#Window}"; WorkingDir: "{app}"; AppUserModelID: "Seedance.Desktop"
Name: "{userdesktop}\{#Name}"; Filename: "{app}\{#Window}"; WorkingDir: "{app}"; AppUserModelID: "Seedance.Desktop"; Tasks: desktop

[Registry]
; Win+R and `start Seedance`. Removed in the reverse order: a folder that was made for us alone goes last.
Root: HKCU; Subkey: "Software\Microsoft\Windows\CurrentVersion\App Paths"; Flags: uninsdeletekeyifempty
Root: HKCU; Subkey: "Software\Microsoft\Windows\CurrentVersion\App Paths\{#Window}"; ValueType: string; ValueData: "{app}\{#Window}"; Flags: uninsdeletekey
; "Open with" in the file's menu. The program never makes itself the default: no value of `.mp4` itself is written.
Root: HKCU; Subkey: "{#Classes}\{#Kind}"; ValueType: string; ValueData: "{cm:KindOfFile}"; Flags: uninsdeletekey
Root: HKCU; Subkey: "{#Classes}\{#Kind}\shell\open\command"; ValueType: string; ValueData: """{app}\{#Window}"" ""%1"""
Root: HKCU; Subkey: "{#Classes}\Applications"; Flags: uninsdeletekeyifempty
Root: HKCU; Subkey: "{#Classes}\Applications\{#Window}"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "{#Name}"; Flags: uninsdeletekey
Root: HKCU; Subkey: "{#Classes}\Applications\{#Window}\shell\open\command"; ValueType: string; ValueData: """{app}\{#Window}"" ""%1"""
#sub Ending
Root: HKCU; Subkey: "{#Classes}\Applications\{#Window}\SupportedTypes"; ValueType: string; ValueName: ".{#Endings[I]}"; ValueData: ""
Root: HKCU; Subkey: "{#Classes}\.{#Endings[I]}"; Flags: uninsdeletekeyifempty
Root: HKCU; Subkey: "{#Classes}\.{#Endings[I]}\OpenWithProgids"; Flags: uninsdeletekeyifempty
Root: HKCU; Subkey: "{#Classes}\.{#Endings[I]}\OpenWithProgids"; ValueType: string; ValueName: "{#Kind}"; ValueData: ""; Flags: uninsdeletevalue
#endsub
#define I
#dim Endings[4] {"mp4", "m4v", "mov", "webm"}
#for {I = 0; I < 4; I++} Ending
; Links: `seedance:clip/NAME` opens that clip.
Root: HKCU; Subkey: "{#Classes}\seedance"; ValueType: string; ValueData: "URL:{#Name}"; Flags: uninsdeletekey
Root: HKCU; Subkey: "{#Classes}\seedance"; ValueType: string; ValueName: "URL Protocol"; ValueData: ""
Root: HKCU; Subkey: "{#Classes}\seedance\DefaultIcon"; ValueType: string; ValueData: "{app}\{#Window},0"
Root: HKCU; Subkey: "{#Classes}\seedance\shell\open\command"; ValueType: string; ValueData: """{app}\{#Window}"" ""%1"""
; The program itself writes these when it first notifies; they go with it.
Root: HKCU; Subkey: "{#Classes}\AppUserModelId\Seedance.Desktop"; Flags: dontcreatekey uninsdeletekey
Root: HKCU; Subkey: "{#Classes}\AppUserModelId\{#Name}"; Flags: dontcreatekey uninsdeletekey

[Run]
Filename: "{app}\{#Window}"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent

[Code]
const
  Environment = 'Environment';
  Mutex = 'SeedanceDesktop';

{ The user's PATH without the program's folder; each other entry stays as it was written. }
function PathWithoutUs(Path: String): String;
var
  Entry: String;
  Place: Integer;
begin
  Result := '';
  while Path <> '' do
  begin
    Place := Pos(';', Path + ';');
    Entry := Copy(Path, 1, Place - 1);
    Delete(Path, 1, Place);
    if (Entry <> '') and (CompareText(RemoveBackslash(Entry), RemoveBackslash(ExpandConstant('{app}'))) <> 0) then
    begin
      if Result <> '' then
        Result := Result + ';';
      Result := Result + Entry;
    end;
  end;
end;

procedure SetPath(WithUs: Boolean);
var
  Before, After: String;
begin
  if not RegQueryStringValue(HKEY_CURRENT_USER, Environment, 'Path', Before) then
    Before := '';
  After := PathWithoutUs(Before);
  if WithUs then
  begin
    if After <> '' then
      After := After + ';';
    After := After + ExpandConstant('{app}');
  end;
  if (After = '') and (Before <> '') then
    RegDeleteValue(HKEY_CURRENT_USER, Environment, 'Path')
  else if After <> Before then
    RegWriteExpandStringValue(HKEY_CURRENT_USER, Environment, 'Path', After);
end;

procedure CurStepChanged(CurStep: TSetupStep);
begin
  if (CurStep = ssPostInstall) and WizardIsTaskSelected('path') then
    SetPath(True);
end;

{ An update is helped by the Restart Manager (CloseApplications); the uninstaller has no such help. }
function InitializeUninstall(): Boolean;
begin
  Result := True;
  while Result and CheckForMutexes(Mutex) do
    Result := SuppressibleMsgBox(FmtMessage(CustomMessage('StillRunning'), ['{#Name}']), mbError, MB_OKCANCEL, IDCANCEL) = IDOK;
end;

procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
begin
  if CurUninstallStep = usUninstall then
    SetPath(False);
end;
