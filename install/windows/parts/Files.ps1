# The binary and .env in their folder. Dot-sourced by install.ps1.

function Test-SameFile([string] $One, [string] $Other) {
    if (-not (Test-Path -LiteralPath $Other -PathType Leaf)) {
        return $false
    }

    return (Get-FileHash -LiteralPath $One).Hash -eq (Get-FileHash -LiteralPath $Other).Hash
}

function Install-Binary($Places, [string] $NewBinary) {
    $target = $Places.Binary
    if (-not $WhatIfPreference -and (Test-SameFile $NewBinary $target)) {
        Write-Host "Unchanged: $target"
        return
    }

    if (-not (Test-Change $target 'Install the binary')) {
        return
    }

    [void] [System.IO.Directory]::CreateDirectory($Places.Folder)
    Stop-GatewayService
    # Windows does not overwrite a program that runs, but it renames it.
    Copy-Item -LiteralPath $NewBinary -Destination "$target.new" -Force
    if (Test-Path -LiteralPath $target) {
        Remove-Item -LiteralPath "$target.old" -Force -ErrorAction SilentlyContinue
        Move-Item -LiteralPath $target -Destination "$target.old" -Force
    }

    Move-Item -LiteralPath "$target.new" -Destination $target
    Remove-Item -LiteralPath "$target.old" -Force -ErrorAction SilentlyContinue
    Write-Host "Installed: $target"
}

function Install-EnvFile($Places, [string] $Text) {
    if (-not $Text -or -not (Test-Change $Places.EnvFile "Write`n$Text`n")) {
        return
    }

    # CreateNew refuses a file that has appeared meanwhile; the text goes in when nobody else can read it any more.
    $file = [System.IO.File]::Open($Places.EnvFile, [System.IO.FileMode]::CreateNew)
    $file.Dispose()
    Set-OwnerOnly $Places.EnvFile
    [System.IO.File]::WriteAllText($Places.EnvFile, $Text)
    Write-Host "Installed: $($Places.EnvFile)"
    if ($Text -match '(?m)^API_KEY=' -and -not $ApiKey) {
        Write-Host "Its API_KEY is the key that clients send."
    }
}

# This user, the system (S-1-5-18) and the administrators (S-1-5-32-544), and nothing inherited.
function Set-OwnerOnly([string] $File) {
    $user = [System.Environment]::UserDomainName + '\' + [System.Environment]::UserName
    icacls.exe $File '/inheritance:r' '/grant:r' "${user}:(F)" '*S-1-5-18:(F)' '*S-1-5-32-544:(F)' | Out-Null
    Assert-Success "icacls for $File"
}

function Show-Summary($Places) {
    if ($WhatIfPreference) {
        Write-Host 'Nothing was changed.'
        return
    }

    Write-Host ''
    Write-Host "LlamaGate is installed: $((Invoke-Quietly $Places.Binary '--version' $Places.Folder -Clean).Output.Trim())"
    Write-Host "  settings  $($Places.EnvFile)"
    if ($Service) {
        Write-Host "  service   Get-Service $script:ServiceName"
        $log = Get-EffectiveSetting $Places 'LOG_FILE'
        if ($log -eq '(empty)') {
            $log = "none, because a service has no terminal; set LOG_FILE=$($Places.LogFile) in .env to have one"
        }

        Write-Host "  log       $log"
    }
    else {
        Write-Host "  start     & `"$($Places.Binary)`"     (it reads the .env next to it, unless the working directory has one)"
    }

    Write-Host "  check     & `"$($Places.Binary)`" health"
}
