# Where things go. Dot-sourced by install.ps1.

$script:ServiceName = 'LlamaGate'

function Find-Place {
    if ([System.Environment]::GetEnvironmentVariable('PROCESSOR_ARCHITECTURE') -notin 'AMD64', 'ARM64' -and
        [System.Environment]::GetEnvironmentVariable('PROCESSOR_ARCHITEW6432') -notin 'AMD64', 'ARM64') {
        Stop-Install 'LlamaGate is built for 64-bit Windows.'
    }

    $folder = $Prefix
    if (-not $folder) {
        $parent = Join-Path ([System.Environment]::GetEnvironmentVariable('LOCALAPPDATA')) 'Programs'
        if ($Service) {
            $parent = [System.Environment]::GetEnvironmentVariable('ProgramFiles')
        }

        $folder = Join-Path $parent 'LlamaGate'
    }

    return (Get-PlaceIn $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($folder))
}

function Get-PlaceIn([string] $Folder) {
    $logFolder = Join-Path ([System.Environment]::GetEnvironmentVariable('ProgramData')) 'LlamaGate'
    return @{
        Root = [System.IO.Path]::GetFullPath((Join-Path $PSScriptRoot '../../..'))
        Folder = $Folder
        Binary = Join-Path $Folder 'llamagate.exe'
        EnvFile = Join-Path $Folder '.env'
        # A service's: it has no terminal to write to, and may not write to its own folder.
        LogFolder = $logFolder
        LogFile = Join-Path $logFolder 'llamagate.log'
    }
}

# By the integrity level, high or the system's, whose names are numbers in every language of Windows.
function Test-Elevated {
    return [bool] ((whoami.exe /groups /fo csv) -match 'S-1-16-(12288|16384)')
}
