@echo off
rem run.cmd with the log at debug level.
setlocal
set "DEBUG=true"
call "%~dp0run.cmd" %*
exit /b %errorlevel%
