@echo off
rem Shared by the scripts beside it, as: call "%~dp0lib.cmd" PART ARGUMENTS. Never run by itself.
rem Sets for its caller: root, gateway_project, gateway_dll, emulator_project, emulator_dll.
set "DOTNET_CLI_TELEMETRY_OPTOUT=1"
set "DOTNET_NOLOGO=1"
for %%i in ("%~dp0..\..") do set "root=%%~fi"
set "gateway_project=%root%\src\LlamaGate.Api"
set "gateway_dll=%gateway_project%\bin\Release\net10.0\llamagate.dll"
set "emulator_project=%root%\tests\LlamaGate.OllamaEmulator"
set "emulator_dll=%emulator_project%\bin\Release\net10.0\ollama-emulator.dll"

if "%~1"=="paths" exit /b 0
if "%~1"=="require_dotnet" goto require_dotnet
if "%~1"=="require_curl" goto require_curl
if "%~1"=="build_release" goto build_release
if "%~1"=="wait_healthy" goto wait_healthy
echo lib.cmd: there is no part "%~1". 1>&2
exit /b 2

rem Says what is missing and where it comes from.
:require_dotnet
where dotnet >nul 2>nul
if errorlevel 1 (
  echo The .NET SDK is missing: 'dotnet' was not found. 1>&2
  echo Install the .NET 10 SDK from https://dotnet.microsoft.com/download and try again. 1>&2
  exit /b 1
)
pushd "%root%"
dotnet --version >nul 2>nul
if errorlevel 1 (
  echo No installed .NET SDK fits global.json. 1>&2
  echo Install the .NET 10 SDK from https://dotnet.microsoft.com/download and try again. Installed are: 1>&2
  dotnet --list-sdks 1>&2
  popd
  exit /b 1
)
popd
exit /b 0

:require_curl
where curl >nul 2>nul
if not errorlevel 1 exit /b 0
echo 'curl' is missing: it comes with Windows 10 and later. 1>&2
exit /b 1

rem build_release PROJECT
:build_release
call :require_dotnet
if errorlevel 1 exit /b 1
echo Building %~n2 ...
pushd "%root%"
dotnet build "%~2" -c Release --nologo -v quiet 1>&2
if errorlevel 1 (
  popd
  exit /b 1
)
popd
exit /b 0

rem wait_healthy URL: up to 30 tries, a second apart, for a 2xx. (ping is the pause that also works without a console.)
:wait_healthy
set /a tries=30
:wait_again
curl --silent --fail --output nul --max-time 2 "%~2"
if not errorlevel 1 exit /b 0
set /a tries-=1
if %tries% leq 0 exit /b 1
ping -n 2 127.0.0.1 >nul
goto wait_again
