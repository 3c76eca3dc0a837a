# The installer for Windows: packaging\windows\build.ps1, in the checkout, with Python 3.11 or newer, Git and Inno Setup 6.
# Not run here: it was written on a machine without Windows. .github/workflows/installers.yml runs the same.
$ErrorActionPreference = 'Stop'
Set-Location (Resolve-Path "$PSScriptRoot\..\..")

function Invoke-Checked { # a program whose failure ends this script
    $program, $arguments = $args
    & $program @arguments
    if ($LASTEXITCODE) { throw "$program ended with $LASTEXITCODE" }
}

Invoke-Checked python -m venv .venv-package
Invoke-Checked .venv-package\Scripts\python -m pip install --quiet --require-hashes -r requirements\package.txt
# Git for Windows brings the shell that the other systems have.
Invoke-Checked (Join-Path (Split-Path (Get-Command git).Source) '..\bin\bash.exe') packaging/freeze.sh .venv-package
Invoke-Checked dist\chatdesk\chatdesk-console.exe --version

$version = (Select-String -Path chatdesk\__init__.py -Pattern '__version__ = "(.+)"').Matches[0].Groups[1].Value
Invoke-Checked "${env:ProgramFiles(x86)}\Inno Setup 6\ISCC.exe" /Qp "/DVersion=$version" packaging\windows\chatdesk.iss
Get-Item "dist\chatdesk-$version-setup.exe"
