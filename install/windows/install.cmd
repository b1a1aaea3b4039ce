@echo off
rem Starts install.ps1 with its arguments; scripts need not be allowed on this machine for that. install.cmd -Help
powershell.exe -NoProfile -ExecutionPolicy Bypass -File "%~dp0install.ps1" %*
exit /b %ERRORLEVEL%
