@echo off
rem Builds and starts the gateway: against your Ollama, or, with --demo, against a stand-in that needs no model.
setlocal
call "%~dp0lib.cmd" paths

set "mode=gateway"
set "once=false"
:arguments
if "%~1"=="" goto begin
if "%~1"=="--demo" (
  set "mode=demo"
  shift
  goto arguments
)
if "%~1"=="--once" (
  set "once=true"
  shift
  goto arguments
)
if "%~1"=="-h" goto usage
if "%~1"=="--help" goto usage
echo run.cmd: unknown option %1 1>&2
call :print_usage 1>&2
exit /b 2

:usage
call :print_usage
exit /b 0

:print_usage
echo run.cmd [--demo [--once]]
echo   (nothing)  start the gateway against OLLAMA_HOST (environment, .env, otherwise http://localhost:11434)
echo   --demo     start an Ollama stand-in and the gateway, send one plain and one streamed call, keep running
echo   --once     with --demo: end after the two calls
echo Every setting is a variable: see docs/configuration.md, or llamagate --help.
exit /b 0

:begin
if "%mode%"=="demo" goto demo
if "%once%"=="true" (
  call :print_usage 1>&2
  exit /b 2
)

call "%~dp0lib.cmd" require_curl
if errorlevel 1 exit /b 1
call "%~dp0lib.cmd" build_release "%gateway_project%"
if errorlevel 1 exit /b 1
cd /d "%root%"

rem By the gateway's own word: environment, .env, default. Complaints about the configuration go to stderr from itself.
set "ollama="
for /f "tokens=1,2" %%a in ('dotnet "%gateway_dll%" --check-config') do if "%%a"=="OLLAMA_HOST" set "ollama=%%b"
if not defined ollama exit /b 1
curl --silent --output nul --max-time 3 "%ollama%/api/version"
if not errorlevel 1 (
  echo Ollama answers at %ollama%.
) else (
  echo No Ollama answers at %ollama%. The gateway starts anyway, and connects as soon as Ollama is up. To continue, either
  echo   - install Ollama from https://ollama.com/download and run: ollama serve
  echo   - or set its address: set OLLAMA_HOST=http://other-machine:11434
  echo   - or try the gateway without Ollama: %~nx0 --demo
)
echo Starting the gateway; Ctrl-C stops it.
dotnet "%gateway_dll%"
exit /b %errorlevel%

:demo
call "%~dp0lib.cmd" require_curl
if errorlevel 1 exit /b 1
call "%~dp0lib.cmd" build_release "%emulator_project%"
if errorlevel 1 exit /b 1
call "%~dp0lib.cmd" build_release "%gateway_project%"
if errorlevel 1 exit /b 1
cd /d "%root%"
set "logs=%root%\artifacts\demo"
if not exist "%logs%" mkdir "%logs%"
set "ollama_port=11435"
if not defined PORT set "PORT=8080"
set "OLLAMA_HOST=http://127.0.0.1:%ollama_port%"
set "LISTEN_ADDRESS=127.0.0.1"
rem Set to nothing it still hides a key in .env, so that the two calls need none unless the environment has one.
if not defined API_KEY set "API_KEY= "
set "url=http://127.0.0.1:%PORT%"

set "emulator_pid="
set "gateway_pid="
call :launch emulator_pid emulator "%emulator_dll%" "--demo --port %ollama_port%"
call "%~dp0lib.cmd" wait_healthy "%OLLAMA_HOST%/api/version"
if errorlevel 1 (
  echo The Ollama stand-in did not start; its log is in %logs%. 1>&2
  goto demo_failed
)
call :launch gateway_pid gateway "%gateway_dll%" ""
call "%~dp0lib.cmd" wait_healthy "%url%/health"
if errorlevel 1 (
  echo The gateway did not start; its log is in %logs%. 1>&2
  goto demo_failed
)

echo An Ollama stand-in (no model runs in it) listens on port %ollama_port%, the gateway on %url%.
echo.
echo --- a plain call:
set "body={"model":"demo","messages":[{"role":"user","content":"Say hello"}]}"
call :chat
if errorlevel 1 goto demo_failed
echo.
echo --- a streamed call:
set "body={"model":"demo","stream":true,"messages":[{"role":"user","content":"Hello again"}]}"
call :chat
if errorlevel 1 goto demo_failed

if not "%once%"=="true" (
  echo --- up and running:
  echo   API      %url%/v1          models: demo, demo-thinking, demo-embed
  echo   Swagger  %url%/swagger
  echo   Log      %logs%\gateway.log
  echo A key stops the gateway and the stand-in.
  pause >nul
)
call :stop_demo
echo --- the gateway and the stand-in have ended.
exit /b 0

:demo_failed
call :stop_demo
exit /b 1

rem launch VARIABLE NAME DLL ARGUMENTS: starts it without a window and keeps its process id, which cmd's own start does not
rem tell. PowerShell takes the words from the environment, so that no quote of theirs can hurt.
:launch
set "launch_dll=%~3"
set "launch_arguments=%~4"
set "launch_log=%logs%\%~2"
for /f %%p in ('powershell -NoProfile -Command "(Start-Process dotnet -ArgumentList ([char]34 + $env:launch_dll + [char]34 + [char]32 + $env:launch_arguments) -WindowStyle Hidden -RedirectStandardOutput ($env:launch_log + '.log') -RedirectStandardError ($env:launch_log + '.errors.log') -PassThru).Id"') do set "%~1=%%p"
exit /b 0

rem chat: one call with the body in the variable of that name, and with the key when there is one.
:chat
curl --silent --show-error --no-buffer --fail-with-body --max-time 60 "%url%/v1/chat/completions" --header "Content-Type: application/json" --header "X-API-Key: %API_KEY%" --data "%body:"=\"%"
if errorlevel 1 exit /b 1
echo.
exit /b 0

rem Only what this script started, by process id.
:stop_demo
if defined gateway_pid taskkill /pid %gateway_pid% /f >nul 2>nul
if defined emulator_pid taskkill /pid %emulator_pid% /f >nul 2>nul
exit /b 0
