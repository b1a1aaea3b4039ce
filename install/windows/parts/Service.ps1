# The Windows service, under a virtual account of its own that may do next to nothing. Dot-sourced by install.ps1.

$script:ServiceAccount = "NT SERVICE\$script:ServiceName"
$script:EventSource = "HKLM\SYSTEM\CurrentControlSet\Services\EventLog\Application\$script:ServiceName"

function Assert-ServiceAllowed {
    if ($Service -and -not $WhatIfPreference -and -not (Test-Elevated)) {
        Stop-Install '-Service needs an elevated prompt: start PowerShell as administrator and run this again.'
    }
}

function Get-GatewayService {
    return (Get-Service -Name $script:ServiceName -ErrorAction SilentlyContinue)
}

function Get-ServiceBinary {
    $key = "HKLM:\SYSTEM\CurrentControlSet\Services\$script:ServiceName"
    return (Get-ItemProperty -LiteralPath $key).ImagePath.Trim('"')
}

# A new binary cannot replace one that runs as a service before the service manager has stopped it.
function Stop-GatewayService {
    if ($Service -and $null -ne (Get-GatewayService)) {
        Stop-Service -Name $script:ServiceName
    }
}

# An .env that an earlier service has left may name it.
function Add-LogFolder($Places) {
    if ($Service) {
        [void] [System.IO.Directory]::CreateDirectory($Places.LogFolder)
    }
}

function Install-GatewayService($Places) {
    $quoted = '"' + $Places.Binary + '"'
    if (-not (Test-Change $script:ServiceName "Register and start the service $quoted")) {
        return
    }

    if ($null -ne (Get-GatewayService)) {
        if ((Get-ServiceBinary) -ne $Places.Binary) {
            Stop-Install "The service $script:ServiceName is registered with $(Get-ServiceBinary).
Remove that first: -Uninstall."
        }
    }
    else {
        [void] (New-Service -Name $script:ServiceName -BinaryPathName $quoted -DisplayName 'LlamaGate' `
            -Description 'An OpenAI-compatible gateway in front of Ollama.' -StartupType Automatic)
        Write-Host "Registered: the service $script:ServiceName"
    }

    # New-Service of Windows PowerShell knows neither the delayed start nor virtual accounts.
    sc.exe config $script:ServiceName start= delayed-auto obj= $script:ServiceAccount | Out-Null
    Assert-Success 'sc.exe config'
    # Twice soon, then every minute; the count starts anew after a day without a failure.
    sc.exe failure $script:ServiceName reset= 86400 `
        actions= restart/2000/restart/10000/restart/60000 | Out-Null
    Assert-Success 'sc.exe failure'
    # Also when the process ends with an error instead of crashing.
    sc.exe failureflag $script:ServiceName 1 | Out-Null
    Assert-Success 'sc.exe failureflag'

    # The source of its entries in the event log, which its own account may not register.
    reg.exe add $script:EventSource /v EventMessageFile /t REG_EXPAND_SZ /f /d `
        '%SystemRoot%\Microsoft.NET\Framework64\v4.0.30319\EventLogMessages.dll' | Out-Null
    Assert-Success 'reg.exe add'

    # The account exists from the registration on. The gateway reads .env as that account.
    icacls.exe $Places.EnvFile '/grant:r' "$($script:ServiceAccount):(R)" | Out-Null
    Assert-Success "icacls for $($Places.EnvFile)"
    # Callers' addresses are in the log: for the account, the system and the administrators alone.
    Add-LogFolder $Places
    icacls.exe $Places.LogFolder '/inheritance:r' '/grant:r' "$($script:ServiceAccount):(OI)(CI)(M)" `
        '*S-1-5-18:(OI)(CI)(F)' '*S-1-5-32-544:(OI)(CI)(F)' | Out-Null
    Assert-Success "icacls for $($Places.LogFolder)"
    Start-Service -Name $script:ServiceName
}

function Uninstall-GatewayService {
    if (-not $WhatIfPreference -and -not (Test-Elevated)) {
        Stop-Install "The service $script:ServiceName is registered; removing it needs an elevated prompt."
    }

    if (Test-Change $script:ServiceName 'Stop and remove the service') {
        Stop-Service -Name $script:ServiceName
        sc.exe delete $script:ServiceName | Out-Null
        Assert-Success 'sc.exe delete'
        reg.exe delete $script:EventSource /f | Out-Null
        Write-Host "Removed: the service $script:ServiceName"
    }
}
