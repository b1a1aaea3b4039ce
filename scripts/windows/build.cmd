@echo off
rem Publishes the gateway as one file that needs no .NET on its machine: publish\RID\llamagate.exe, and nothing beside it.
setlocal
call "%~dp0lib.cmd" paths

set "rid="
:arguments
if "%~1"=="" goto begin
if "%~1"=="--rid" (
  if "%~2"=="" (
    echo --rid needs a value. 1>&2
    exit /b 1
  )
  set "rid=%~2"
  shift
  shift
  goto arguments
)
if "%~1"=="-h" goto usage
if "%~1"=="--help" goto usage
echo build.cmd: unknown option %1 1>&2
call :print_usage 1>&2
exit /b 2

:usage
call :print_usage
exit /b 0

:print_usage
echo build.cmd [--rid RID]
echo   --rid   the system it is for: win-x64, win-arm64, linux-x64, linux-arm64, osx-arm64 ...; default: this machine's
exit /b 0

:begin
call "%~dp0lib.cmd" require_dotnet
if errorlevel 1 exit /b 1
cd /d "%root%"
if not defined rid for /f "tokens=1,2" %%a in ('dotnet --info') do if "%%a"=="RID:" set "rid=%%b"
set "output=%root%\publish\%rid%"
set "fresh=%output%.new"

rem Into a directory of its own first, so that a build that fails leaves what is there.
if exist "%fresh%" rmdir /s /q "%fresh%"
dotnet publish "%gateway_project%" -p:PublishProfile=SingleFile -r "%rid%" -o "%fresh%" --nologo -v quiet
if errorlevel 1 exit /b 1
if exist "%output%" rmdir /s /q "%output%"
move "%fresh%" "%output%" >nul
if errorlevel 1 (
  echo %output% could not be replaced: is a gateway running from there? 1>&2
  exit /b 1
)
set "binary=llamagate"
if "%rid:~0,4%"=="win-" set "binary=llamagate.exe"
echo Published: %output%\%binary%
exit /b 0
