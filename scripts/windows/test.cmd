@echo off
rem Restores, builds with warnings as errors, checks the format, runs the .NET suites. The last line is "N passed, N failed",
rem counted in suites. The suites in other languages (tests/*/run.sh) need a Unix shell, and the tests of several gateways
rem need redis-server: scripts/unix/test.sh runs all.
setlocal
call "%~dp0lib.cmd" paths

set "quick=false"
:arguments
if "%~1"=="" goto begin
if "%~1"=="--quick" (
  set "quick=true"
  shift
  goto arguments
)
if "%~1"=="-h" goto usage
if "%~1"=="--help" goto usage
echo test.cmd: unknown option %1 1>&2
call :print_usage 1>&2
exit /b 2

:usage
call :print_usage
exit /b 0

:print_usage
echo test.cmd [--quick]
echo   (nothing)  restore, build, check the format, run the .NET suites
echo   --quick    the same without the format
exit /b 0

:begin
call "%~dp0lib.cmd" require_dotnet
if errorlevel 1 exit /b 1
cd /d "%root%"
set /a passed=0
set /a failed=0

dotnet restore LlamaGate.sln --nologo -v quiet
if errorlevel 1 goto broken
dotnet build LlamaGate.sln -c Release --no-restore --nologo -v quiet -warnaserror
if errorlevel 1 goto broken
if "%quick%"=="true" goto suites
dotnet format LlamaGate.sln --no-restore --verify-no-changes
call :count format

:suites
for /d %%d in (tests\*Tests) do call :suite "%%d"
echo.
echo %passed% passed, %failed% failed
if %failed% gtr 0 exit /b 1
exit /b 0

:broken
echo 0 passed, 1 failed
exit /b 1

rem suite DIRECTORY
:suite
if "%~nx1"=="LlamaGate.Cluster.Tests" exit /b 0
echo.
echo === %~nx1
dotnet test "%~1" -c Release --no-build --nologo
call :count %~nx1
exit /b 0

rem count NAME: by the exit code of what ran just before.
:count
if errorlevel 1 (
  set /a failed+=1
  echo --- %~1 FAILED
) else (
  set /a passed+=1
)
exit /b 0
