# .env: asked for, checked by the gateway itself, written once and never again. Dot-sourced by install.ps1.

function Select-Setting([string] $Given, [string] $Question, [string] $Default) {
    if ($Given) {
        return $Given
    }

    return (Read-Answer $Question $Default)
}

# Null when there is an .env.
function Read-Setting($Places) {
    if (Test-Path -LiteralPath $Places.EnvFile) {
        Write-Host "Kept: $($Places.EnvFile) exists and is not changed."
        if ($OllamaHost -or $Port -or $Listen -or $RateLimit -or $ApiKey -or $GenerateKey -or $NoApiKey) {
            Write-Host "Settings given as parameters are not used. Edit $($Places.EnvFile) yourself."
        }

        return $null
    }

    $chosen = @{}
    $chosen.OllamaHost = Select-Setting $OllamaHost 'Where is Ollama?' (Get-KnownOllama)
    $chosen.Port = Select-Setting $Port 'Which port should the gateway listen on?' '8080'
    $chosen.Listen = Select-Setting $Listen 'Which address should it listen on? 127.0.0.1 = this machine only, 0.0.0.0 = the network' '127.0.0.1'
    $chosen.Key = Select-Key $chosen.Listen
    $chosen.RateLimit = Select-Setting $RateLimit 'How many requests per second can a client send?' '10'
    return $chosen
}

# OLLAMA_HOST as Ollama's own tools read it, where a host without a port is enough.
function Get-KnownOllama {
    $known = [System.Environment]::GetEnvironmentVariable('OLLAMA_HOST')
    if (-not $known) {
        return 'http://localhost:11434'
    }

    # A list of hosts is the gateway's own form, and is complete.
    if ($known -notmatch '[:,=]') {
        return "http://${known}:11434"
    }

    return $known
}

# "generate", "none", or the key.
function Select-Key([string] $Address) {
    if ($GenerateKey) {
        return 'generate'
    }

    if ($NoApiKey) {
        return 'none'
    }

    $suggested = 'generate'
    if ($Address -match '^(127\..*|::1|localhost)$') {
        $suggested = 'none'
    }

    $key = Select-Setting $ApiKey 'API key for clients: "generate", "none", or the key itself' $suggested
    # Other characters mean something in .env; the gateway takes them, but then the quoting is the writer's.
    if ($key -notmatch '^[A-Za-z0-9._~+/=@:-]+$') {
        Stop-Install 'The API key has characters that must be quoted in .env. Write it there yourself.'
    }

    return $key
}

# The text of the new .env, tried with the new binary before anything is installed; null when there is an .env.
function Test-Setting($Places, $Settings, [string] $NewBinary) {
    if ($null -eq $Settings) {
        if (-not $WhatIfPreference) {
            Add-LogFolder $Places
            $check = Invoke-Quietly $NewBinary 'check-config' $Places.Folder -Clean
            if ($check.Code -ne 0) {
                Write-Host $check.Complaints
                Write-Host "Warning: the gateway will not start with $($Places.EnvFile) as it is; see above."
            }
        }

        return $null
    }

    $lines = @(
        "# Created by the installer, which never changes it again. All variables: llamagate --help.",
        "OLLAMA_HOST=$($Settings.OllamaHost)",
        "PORT=$($Settings.Port)",
        "LISTEN_ADDRESS=$($Settings.Listen)",
        "RATE_LIMIT_RPS=$($Settings.RateLimit)")
    # Not tried: its folder comes with the service.
    $logLine = @()
    if ($Service) {
        $logLine = @("LOG_FILE=$($Places.LogFile)")
    }

    if ($WhatIfPreference) {
        return [string]::Join("`n", $lines + $logLine)
    }

    $key = $Settings.Key
    if ($key -eq 'generate') {
        $key = (Invoke-Quietly $NewBinary 'keygen' (Get-Stage) -Clean).Output.Trim()
    }

    if ($key -ne 'none') {
        $lines += "API_KEY=$key"
    }

    $text = [string]::Join("`n", $lines) + "`n"
    [System.IO.File]::WriteAllText((Join-Path (Get-Stage) '.env'), $text)
    $check = Invoke-Quietly $NewBinary 'check-config' (Get-Stage) -Clean
    if ($check.Code -ne 0) {
        Write-Host $check.Complaints
        Stop-Install 'Nothing was installed.'
    }

    return [string]::Join("`n", $lines + $logLine) + "`n"
}

# What the installed gateway would use; secrets are "(set)".
function Get-EffectiveSetting($Places, [string] $Name) {
    $check = Invoke-Quietly $Places.Binary 'check-config' $Places.Folder -Clean
    if ($check.Output -match "(?m)^  $Name +(.*?)\r?$") {
        return $Matches[1]
    }

    return ''
}
