; The installer for Windows, by Inno Setup 6. Not run here: it was written on a machine without Windows; what it refers to
; in this repository is checked by `make check-recipes`.
;
;   packaging\windows\build.ps1        makes the folder, then dist\chatdesk-VERSION-setup.exe
;
; For one user, without administrator rights, unless somebody with rights chooses all users. An update replaces the
; program's folder; profiles lie elsewhere (%LOCALAPPDATA%\chatdesk) and are never touched, not by removal either.

#ifndef Version
  #error Version is missing: build.ps1 gives it
#endif

[Setup]
; The program's identity for updates: never change it.
AppId={{3B0C7E0A-6B7B-4C57-9E55-2F6C61C2B2D4}
AppName=chatdesk
AppVersion={#Version}
AppPublisher=The chatdesk developers
DefaultDirName={autopf}\chatdesk
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\build\icons\chatdesk.ico
UninstallDisplayIcon={app}\chatdesk.exe
OutputDir=..\..\dist
OutputBaseFilename=chatdesk-{#Version}-setup
Compression=lzma2/max
SolidCompression=yes
CloseApplications=yes
ChangesAssociations=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; Files of an earlier version that this one no longer has.
Type: filesandordirs; Name: "{app}\_internal"
Type: filesandordirs; Name: "{app}\licences"

[Files]
Source: "..\..\dist\chatdesk\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Icons]
Name: "{autoprograms}\chatdesk"; Filename: "{app}\chatdesk.exe"; AppUserModelID: "chatdesk"
Name: "{autodesktop}\chatdesk"; Filename: "{app}\chatdesk.exe"; Tasks: desktopicon

[Registry]
; matrix: links open here. HKA is the user's or the machine's part, as the installer runs.
Root: HKA; Subkey: "Software\Classes\matrix"; ValueType: string; ValueData: "URL:Matrix"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\matrix"; ValueType: string; ValueName: "URL Protocol"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\matrix\DefaultIcon"; ValueType: string; ValueData: "{app}\chatdesk.exe,0"
Root: HKA; Subkey: "Software\Classes\matrix\shell\open\command"; ValueType: string; ValueData: """{app}\chatdesk.exe"" open ""%1"""

[Run]
Filename: "{app}\chatdesk.exe"; Description: "{cm:LaunchProgram,chatdesk}"; Flags: nowait postinstall skipifsilent
