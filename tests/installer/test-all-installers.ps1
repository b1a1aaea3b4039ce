<#
.SYNOPSIS
Runs every installer test that this machine can run, and says which it cannot.

.PARAMETER Binary
Test with this binary instead of building one.

.PARAMETER WithService
On Windows, from an elevated prompt: also test the service.
#>
param(
    [string] $Binary,
    [switch] $WithService
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

# $IsWindows is unknown to Windows PowerShell 5.1, which runs on nothing else.
if ([System.IO.Path]::DirectorySeparatorChar -eq '\') {
    $words = @{ WithService = $WithService }
    if ($Binary) {
        $words.Binary = $Binary
    }

    Write-Host 'Not run here: test-installer-unix.sh, which needs Linux or macOS.'
    & (Join-Path $PSScriptRoot 'test-installer-windows.ps1') @words
    exit $LASTEXITCODE
}

if ($Binary) {
    $env:BINARY = $Binary
}

Write-Host 'Not run here: test-installer-windows.ps1, which needs Windows.'
& (Join-Path $PSScriptRoot 'test-installer-unix.sh')
$unix = $LASTEXITCODE
# What can be known of the Windows installer without Windows.
$project = [System.IO.Path]::GetFullPath((Join-Path $PSScriptRoot '../LlamaGate.InstallerTests'))
dotnet test $project --configuration Release
if ($unix -ne 0 -or $LASTEXITCODE -ne 0) {
    exit 1
}

exit 0
