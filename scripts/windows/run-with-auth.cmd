@echo off
rem run.cmd with an API key: yours (API_KEY in the environment or .env), else a new one that is shown once.
setlocal
call "%~dp0lib.cmd" paths
if "%~1"=="-h" goto run
if "%~1"=="--help" goto run
if defined API_KEY goto run

call "%~dp0lib.cmd" build_release "%gateway_project%"
if errorlevel 1 exit /b 1
cd /d "%root%"
rem The demo takes its key from the environment only, so that it never depends on what is in .env.
if "%~1"=="--demo" goto new_key
set "configured="
for /f "tokens=1,*" %%a in ('dotnet "%gateway_dll%" --check-config') do if "%%a"=="API_KEY" set "configured=%%b"
if not defined configured exit /b 1
if not "%configured%"=="(not set)" goto run

:new_key
for /f %%k in ('powershell -NoProfile -Command "$b = New-Object byte[] 32; [Security.Cryptography.RandomNumberGenerator]::Create().GetBytes($b); -join ($b | ForEach-Object { $_.ToString('x2') })"') do set "API_KEY=%%k"
if not defined API_KEY (
  echo No key could be generated: PowerShell did not answer. Set API_KEY yourself. 1>&2
  exit /b 1
)
echo API_KEY was not set. This start uses a new key, which is shown only once and not stored:
echo   %API_KEY%

:run
call "%~dp0run.cmd" %*
exit /b %errorlevel%
