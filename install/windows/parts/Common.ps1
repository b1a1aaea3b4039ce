# How the installer talks, asks and runs programs. Dot-sourced by install.ps1, whose parameters it sees.

$script:StageFolder = $null

# What went wrong, for the user and without a stack trace.
function Stop-Install([string] $Message) {
    throw [System.InvalidOperationException]::new($Message)
}

# Everything that changes the machine asks here first, so that -WhatIf can print it instead.
function Test-Change([string] $Target, [string] $Action) {
    return $PSCmdlet.ShouldProcess($Target, $Action)
}

function Read-Answer([string] $Question, [string] $Default) {
    if ($Yes -or $WhatIfPreference) {
        return $Default
    }

    $answer = Read-Host "$Question [$Default]"
    if ([string]::IsNullOrWhiteSpace($answer)) {
        return $Default
    }

    return $answer.Trim()
}

# Without a yes it is a no.
function Confirm-Step([string] $Question) {
    if ($Yes -or $WhatIfPreference) {
        return $true
    }

    return (Read-Host "$Question [y/N]") -match '^(y|yes)$'
}

# A folder in this user's own temporary folder, gone when the installer ends.
function Get-Stage {
    if ($null -eq $script:StageFolder) {
        $name = 'llamagate.' + [guid]::NewGuid().ToString('N')
        $folder = Join-Path ([System.IO.Path]::GetTempPath()) $name
        $script:StageFolder = [System.IO.Directory]::CreateDirectory($folder).FullName
    }

    return $script:StageFolder
}

function Remove-Stage {
    if ($null -ne $script:StageFolder) {
        [System.IO.Directory]::Delete($script:StageFolder, $true)
        $script:StageFolder = $null
    }
}

# Runs a program quietly. With -Clean it sees none of this session's variables, as a service does not.
function Invoke-Quietly([string] $Program, [string] $Arguments, [string] $Folder, [switch] $Clean) {
    $start = [System.Diagnostics.ProcessStartInfo]::new($Program, $Arguments)
    $start.WorkingDirectory = $Folder
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    if ($Clean) {
        $start.EnvironmentVariables.Clear()
        foreach ($name in 'SystemRoot', 'PATH', 'TEMP', 'USERPROFILE') {
            $value = [System.Environment]::GetEnvironmentVariable($name)
            if ($value) {
                $start.EnvironmentVariables[$name] = $value
            }
        }
    }

    $process = [System.Diagnostics.Process]::Start($start)
    $complaints = $process.StandardError.ReadToEndAsync()
    $output = $process.StandardOutput.ReadToEnd()
    $process.WaitForExit()
    return @{ Code = $process.ExitCode; Output = $output; Complaints = $complaints.Result }
}

# The words of a native program stay on the screen; its failure ends the installer.
function Assert-Success([string] $What) {
    if ($LASTEXITCODE -ne 0) {
        Stop-Install "$What failed with exit code $LASTEXITCODE."
    }
}
