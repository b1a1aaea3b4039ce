# Takes back what was installed, the service first. Dot-sourced by install.ps1.

function Uninstall-Gateway($Places) {
    if ($null -ne (Get-GatewayService)) {
        $registered = Get-PlaceIn (Split-Path -Parent (Get-ServiceBinary))
        Uninstall-GatewayService
        Remove-Place $registered
    }

    Remove-Place $Places
}

function Remove-Place($Places) {
    foreach ($file in $Places.Binary, "$($Places.Binary).old", "$($Places.Binary).new") {
        if ((Test-Path -LiteralPath $file) -and (Test-Change $file 'Remove')) {
            Remove-Item -LiteralPath $file -Force
            Write-Host "Removed: $file"
        }
    }

    # Also what an installation that failed half-way has left.
    if ((Test-Path -LiteralPath $Places.LogFolder) -and (Test-Change $Places.LogFolder 'Remove')) {
        [System.IO.Directory]::Delete($Places.LogFolder, $true)
        Write-Host "Removed: $($Places.LogFolder)"
    }

    if (Test-Path -LiteralPath $Places.EnvFile) {
        Write-Host "Kept: $($Places.EnvFile)"
    }
    elseif ((Test-Path -LiteralPath $Places.Folder) -and (Test-Change $Places.Folder 'Remove, if empty')) {
        if ([System.IO.Directory]::GetFileSystemEntries($Places.Folder).Length -eq 0) {
            [System.IO.Directory]::Delete($Places.Folder)
        }
    }
}
