<#
.SYNOPSIS
Builds LlamaGate from this checkout and installs it: for this user, or, with -Service, for the machine.

.DESCRIPTION
Works with Windows PowerShell 5.1 and later. Asks for the settings; -Yes uses the defaults and the parameters below.
llamagate.exe and .env are in one folder. An existing .env is never changed; -WhatIf changes nothing and shows what
would be done. Exit codes: 0 success, 1 failure (with the reason).

.PARAMETER Prefix
The folder. Default: %LOCALAPPDATA%\Programs\LlamaGate; with -Service %ProgramFiles%\LlamaGate.

.PARAMETER Binary
Install this llamagate.exe instead of building one; needs no .NET SDK.

.PARAMETER Service
Register a Windows service that starts at boot, under its own account. Needs an elevated prompt.

.PARAMETER Yes
Ask nothing.

.PARAMETER Uninstall
Remove the service, the binary and the folder, except .env.

.PARAMETER OllamaHost
Ollama's address. Default: OLLAMA_HOST, otherwise http://localhost:11434.

.PARAMETER Port
The port to listen on. Default: 8080.

.PARAMETER Listen
The address to listen on. Default: 127.0.0.1; 0.0.0.0 for the network.

.PARAMETER ApiKey
The key that clients send.

.PARAMETER GenerateKey
Generate a key. Default if -Listen is open to the network.

.PARAMETER NoApiKey
No authentication. Default otherwise.

.PARAMETER RateLimit
Requests per second and client. Default: 10.

.PARAMETER Help
Show this text.

.EXAMPLE
install\windows\install.cmd -Yes -Listen 0.0.0.0
#>
[CmdletBinding(SupportsShouldProcess = $true)]
param(
    [string] $Prefix,
    [string] $Binary,
    [switch] $Service,
    [switch] $Yes,
    [switch] $Uninstall,
    [string] $OllamaHost,
    [string] $Port,
    [string] $Listen,
    [string] $ApiKey,
    [switch] $GenerateKey,
    [switch] $NoApiKey,
    [string] $RateLimit,
    [switch] $Help
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

. (Join-Path $PSScriptRoot 'parts/Common.ps1')
. (Join-Path $PSScriptRoot 'parts/Places.ps1')
. (Join-Path $PSScriptRoot 'parts/Sdk.ps1')
. (Join-Path $PSScriptRoot 'parts/Build.ps1')
. (Join-Path $PSScriptRoot 'parts/Settings.ps1')
. (Join-Path $PSScriptRoot 'parts/Files.ps1')
. (Join-Path $PSScriptRoot 'parts/Ollama.ps1')
. (Join-Path $PSScriptRoot 'parts/Service.ps1')
. (Join-Path $PSScriptRoot 'parts/Uninstall.ps1')

if ($Help) {
    Get-Help $PSCommandPath -Detailed
    exit 0
}

try {
    $places = Find-Place
    if ($Uninstall) {
        Uninstall-Gateway $places
        exit 0
    }

    Assert-ServiceAllowed
    $settings = Read-Setting $places
    $newBinary = Find-Binary $places
    $envText = Test-Setting $places $settings $newBinary
    Install-Binary $places $newBinary
    Install-EnvFile $places $envText
    if ($Service) {
        Install-GatewayService $places
    }

    Show-Ollama $places $settings
    Show-Summary $places
}
catch [System.InvalidOperationException] {
    Write-Host "install.ps1: $($_.Exception.Message)"
    exit 1
}
finally {
    Remove-Stage
}

exit 0
