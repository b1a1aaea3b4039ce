# Is Ollama there? Only looked for, never installed: which models and which hardware is not this installer's choice.
# Dot-sourced by install.ps1.

function Show-Ollama($Places, $Settings) {
    $hosts = ''
    if (-not $WhatIfPreference) {
        if ((Get-EffectiveSetting $Places 'HOSTS_FILE') -notin '', '(empty)') {
            return
        }

        $hosts = Get-EffectiveSetting $Places 'OLLAMA_HOST'
    }
    elseif ($null -ne $Settings) {
        # Without passwords before it is split: one can contain a comma.
        $hosts = $Settings.OllamaHost -replace '//[^/@]*@', '//'
    }

    foreach ($entry in ($hosts -split ',' | Where-Object { $_ })) {
        Show-OllamaHost $Places ($entry.Trim() -replace '^[A-Za-z0-9._-]+=', '')
    }
}

function Show-OllamaHost($Places, [string] $Url) {
    if ($Url -notmatch '://') {
        $Url = "http://$Url"
    }

    $shown = $Url -replace '//[^/@]*@', '//'
    Write-Host ''
    if (Test-Ollama $shown) {
        Write-Host "Ollama answers at $shown."
    }
    elseif ($null -ne (Get-Command 'ollama' -ErrorAction SilentlyContinue)) {
        Write-Host "Ollama is installed, but nothing answers at $shown. Start it: ollama serve"
    }
    else {
        Write-Host "No Ollama answers at $shown. The gateway starts anyway, and connects as soon as Ollama is up. To continue, either"
        Write-Host '  - install it from https://ollama.com/download, then: ollama pull llama3.2:3b'
        Write-Host "  - or set its address: OLLAMA_HOST in $($Places.EnvFile)"
    }
}

# An answer of any status is an answer.
function Test-Ollama([string] $Url) {
    try {
        [void] (Invoke-WebRequest -UseBasicParsing -TimeoutSec 5 -Uri "$Url/api/version")
        return $true
    }
    catch {
        $response = $_.Exception.PSObject.Properties['Response']
        return $null -ne $response -and $null -ne $response.Value
    }
}
