# The .NET SDK that global.json wants: found, or installed after asking. Dot-sourced by install.ps1.

$script:DotnetInstallUrl = 'https://dot.net/v1/dotnet-install.ps1'
if ([System.Environment]::GetEnvironmentVariable('DOTNET_INSTALL_URL')) {
    $script:DotnetInstallUrl = [System.Environment]::GetEnvironmentVariable('DOTNET_INSTALL_URL')
}

function Get-SdkVersion($Places) {
    $file = Join-Path $Places.Root 'global.json'
    if (-not (Test-Path -LiteralPath $file)) {
        Stop-Install 'There are no sources next to this script: use -Binary FILE.'
    }

    return ([System.IO.File]::ReadAllText($file) | ConvertFrom-Json).sdk.version
}

# Asked from the sources, so that global.json decides.
function Test-Sdk($Places) {
    $dotnet = @(Get-Command 'dotnet' -CommandType Application -ErrorAction SilentlyContinue)
    if ($dotnet.Length -eq 0) {
        return $false
    }

    # By its full path: a bare name would be looked for beside PowerShell first.
    return (Invoke-Quietly $dotnet[0].Path '--version' $Places.Root).Code -eq 0
}

# What an installer adds to PATH is not in this session's.
function Add-SdkFolder([string] $Folder) {
    if ($Folder -and (Test-Path -LiteralPath $Folder)) {
        $env:PATH = $Folder + [System.IO.Path]::PathSeparator + $env:PATH
        $env:DOTNET_ROOT = $Folder
    }
}

function Install-Sdk($Places) {
    $env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
    $env:DOTNET_NOLOGO = '1'
    $own = Join-Path ([System.Environment]::GetEnvironmentVariable('LOCALAPPDATA')) 'Microsoft/dotnet'
    if (-not (Test-Sdk $Places)) {
        Add-SdkFolder $own
    }

    if (Test-Sdk $Places) {
        Write-Host 'The .NET SDK is there.'
        return
    }

    $version = Get-SdkVersion $Places
    Write-Host "The .NET SDK $version is missing; the build needs it."
    if (-not (Install-SdkPackage $Places $version)) {
        Install-SdkByScript $version $own
    }

    if (-not $WhatIfPreference -and -not (Test-Sdk $Places)) {
        Stop-Install "The .NET SDK still does not fit global.json ($version).
Install it from https://dotnet.microsoft.com/download and run this again."
    }
}

# False when there is no winget, or it could not do it: then the vendor's script can.
function Install-SdkPackage($Places, [string] $Version) {
    if ($null -eq (Get-Command 'winget' -ErrorAction SilentlyContinue)) {
        return $false
    }

    $id = 'Microsoft.DotNet.SDK.' + $Version.Split('.')[0]
    if (-not (Confirm-Step "Install it now (winget install $id, version $Version)?")) {
        Stop-Install 'Without the SDK the gateway cannot be built. Install it, or use -Binary FILE.'
    }

    if (-not (Test-Change $id 'winget install')) {
        return $true
    }

    # To the screen, not into this function's result.
    winget install --exact --id $id --version $Version --source winget --accept-source-agreements `
        --accept-package-agreements | Out-Host
    Add-SdkFolder (Join-Path ([System.Environment]::GetEnvironmentVariable('ProgramFiles')) 'dotnet')
    return (Test-Sdk $Places)
}

function Install-SdkByScript([string] $Version, [string] $Folder) {
    $question = "Install it for this user into $Folder, with the vendor's script ($script:DotnetInstallUrl)?"
    if (-not (Confirm-Step $question)) {
        Stop-Install 'Without the SDK the gateway cannot be built. Install it, or use -Binary FILE.'
    }

    if (-not (Test-Change $Folder "Run $script:DotnetInstallUrl -Version $Version")) {
        return
    }

    $file = Join-Path (Get-Stage) 'dotnet-install.ps1'
    # Windows PowerShell on older systems begins with protocols that servers have given up.
    [System.Net.ServicePointManager]::SecurityProtocol =
        [System.Net.ServicePointManager]::SecurityProtocol -bor [System.Net.SecurityProtocolType]::Tls12
    try {
        Invoke-WebRequest -UseBasicParsing -Uri $script:DotnetInstallUrl -OutFile $file
    }
    catch {
        Stop-Install "The vendor's script could not be fetched: $script:DotnetInstallUrl ($($_.Exception.Message))"
    }

    powershell.exe -NoProfile -ExecutionPolicy Bypass -File $file -Version $Version -InstallDir $Folder -NoPath | Out-Host
    Assert-Success "The vendor's script"
    Add-SdkFolder $Folder
}
