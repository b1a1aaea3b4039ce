# The binary that is to be installed: given, or built. Dot-sourced by install.ps1.

function Find-Binary($Places) {
    if ($Binary) {
        $given = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Binary)
        if (-not (Test-Path -LiteralPath $given -PathType Leaf)) {
            Stop-Install "There is no file $given."
        }

        return $given
    }

    Install-Sdk $Places
    # Also on ARM64, where Windows runs x64 programs.
    $built = Join-Path $Places.Root 'publish/win-x64/llamagate.exe'
    $script = Join-Path $Places.Root 'scripts/windows/build.cmd'
    if (Test-Change $script 'Build') {
        Write-Host 'Building; the first time takes a few minutes ...'
        & $script '--rid' 'win-x64' | Out-Host
        Assert-Success 'The build'
        if (-not (Test-Path -LiteralPath $built)) {
            Stop-Install "The build did not produce $built."
        }
    }

    return $built
}
