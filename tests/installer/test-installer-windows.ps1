<#
.SYNOPSIS
install\windows\install.ps1 for real, on Windows: install into a throw-away folder, start, look, uninstall.

.DESCRIPTION
Ends with "N passed, N failed". With an elevated prompt and -WithService it also registers the real service and removes
it.

.PARAMETER Binary
Install this llamagate.exe. Without it one is built first.

.PARAMETER WithService
Also test -Service. Refused when a service of that name is there already.
#>
param(
    [string] $Binary,
    [switch] $WithService
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$script:Passed = 0
$script:Failed = 0
$script:Installer = [System.IO.Path]::GetFullPath((Join-Path $PSScriptRoot '../../install/windows/install.cmd'))
$script:Root = [System.IO.Path]::GetFullPath((Join-Path $PSScriptRoot '../..'))

function Test-That([string] $What, [bool] $Holds) {
    if ($Holds) {
        $script:Passed++
        Write-Host "ok: $What"
    }
    else {
        $script:Failed++
        Write-Host "FAILED: $What"
    }
}

# The exit code of the installer, started as a person would start it; its words are kept in $script:Said.
function Start-Installer([string[]] $Words) {
    $script:Said = & $script:Installer $Words | Out-String
    Write-Host $script:Said
    return $LASTEXITCODE
}

function Get-FreePort {
    $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $port = $listener.LocalEndpoint.Port
    $listener.Stop()
    return $port
}

# Waits up to 30 s for an answer of this status, without a busy loop: each try waits for the connection itself.
function Wait-Status([string] $Url, [int] $Expected, [string] $Key) {
    $deadline = [DateTime]::UtcNow.AddSeconds(30)
    while ([DateTime]::UtcNow -lt $deadline) {
        $request = [System.Net.WebRequest]::Create($Url)
        $request.Timeout = 5000
        if ($Key) {
            $request.Headers.Add('X-API-Key', $Key)
        }

        $status = 0
        try {
            $response = $request.GetResponse()
            $status = [int] $response.StatusCode
            $response.Close()
        }
        catch [System.Net.WebException] {
            if ($null -ne $_.Exception.Response) {
                $status = [int] $_.Exception.Response.StatusCode
            }
        }

        if ($status -eq $Expected) {
            return $true
        }
    }

    return $false
}

function Test-Gateway([string] $Folder, [int] $Port) {
    $start = [System.Diagnostics.ProcessStartInfo]::new((Join-Path $Folder 'llamagate.exe'))
    $start.WorkingDirectory = $Folder
    $start.UseShellExecute = $false
    $process = [System.Diagnostics.Process]::Start($start)
    try {
        Test-Answers $Folder $Port
    }
    finally {
        $process.Kill()
        $process.WaitForExit()
    }
}

function Test-Answers([string] $Folder, [int] $Port) {
    $key = [regex]::Match([System.IO.File]::ReadAllText((Join-Path $Folder '.env')), '(?m)^API_KEY=(\S+)').Groups[1].Value
    Test-That 'the gateway starts' (Wait-Status "http://127.0.0.1:$Port/livez" 200 '')
    Test-That 'without the key: 401' (Wait-Status "http://127.0.0.1:$Port/v1/models" 401 '')
    # No Ollama is needed here: 502 comes from behind the authentication.
    Test-That 'with the key: past authentication' (Wait-Status "http://127.0.0.1:$Port/v1/models" 502 $key)
}

# Who may read the file, by their numbers: names differ from language to language.
function Get-Reader([string] $File) {
    $rules = (Get-Acl -LiteralPath $File).GetAccessRules($true, $true, [System.Security.Principal.SecurityIdentifier])
    return $rules.IdentityReference.Value
}

function Test-PerUser([string] $Folder) {
    $port = Get-FreePort
    $words = '-Yes', '-Prefix', $Folder, '-Binary', $Binary, '-Port', $port, '-GenerateKey', '-OllamaHost', '127.0.0.1:9'
    Test-That '-WhatIf ends with 0' ((Start-Installer ($words + '-WhatIf')) -eq 0)
    Test-That 'and touches nothing' (-not (Test-Path -LiteralPath $Folder))
    Test-That 'install ends with 0' ((Start-Installer $words) -eq 0)
    $me = [System.Security.Principal.WindowsIdentity]::GetCurrent().User.Value
    $strangers = Get-Reader (Join-Path $Folder '.env') | Where-Object { $_ -notin $me, 'S-1-5-18', 'S-1-5-32-544' }
    Test-That '.env is open to its owner, the system and the administrators only' ($null -eq $strangers)
    Test-Gateway $Folder $port

    $before = Get-ChildItem -LiteralPath $Folder -Force | ForEach-Object { "$($_.Name) $($_.LastWriteTimeUtc.Ticks)" }
    Test-That 'a second run ends with 0' ((Start-Installer $words) -eq 0)
    $after = Get-ChildItem -LiteralPath $Folder -Force | ForEach-Object { "$($_.Name) $($_.LastWriteTimeUtc.Ticks)" }
    Test-That 'and changes nothing' ("$before" -eq "$after" -and $script:Said.Contains('Unchanged: '))
    Test-That '-Uninstall ends with 0' ((Start-Installer '-Uninstall', '-Prefix', $Folder) -eq 0)
    Test-That 'only .env is left' ("$((Get-ChildItem -LiteralPath $Folder -Force).Name)" -eq '.env')
}

function Test-Service([string] $Folder) {
    if ($null -ne (Get-Service -Name LlamaGate -ErrorAction SilentlyContinue)) {
        Test-That 'no service LlamaGate was there before the test' $false
        return
    }

    $port = Get-FreePort
    $words = '-Yes', '-Service', '-Prefix', $Folder, '-Binary', $Binary, '-Port', $port, '-GenerateKey',
        '-OllamaHost', '127.0.0.1:9'
    Test-That '-Service ends with 0' ((Start-Installer $words) -eq 0)
    Test-That 'the service runs' ((Get-Service -Name LlamaGate).Status -eq 'Running')
    Test-Answers $Folder $port
    $logs = Join-Path ([System.Environment]::GetEnvironmentVariable('ProgramData')) 'LlamaGate'
    Test-That 'it writes its log' (Test-Path -LiteralPath (Join-Path $logs 'llamagate.log'))
    Test-That '-Uninstall ends with 0' ((Start-Installer '-Uninstall', '-Prefix', $Folder) -eq 0)
    Test-That 'its log is gone' (-not (Test-Path -LiteralPath $logs))
    Test-That 'the service is gone' ($null -eq (Get-Service -Name LlamaGate -ErrorAction SilentlyContinue))
    Test-That 'only .env is left' ("$((Get-ChildItem -LiteralPath $Folder -Force).Name)" -eq '.env')
}

if (-not $Binary) {
    & (Join-Path $script:Root 'scripts/windows/build.cmd') '--rid' 'win-x64' | Out-Host
    $Binary = Join-Path $script:Root 'publish/win-x64/llamagate.exe'
}

$work = Join-Path ([System.IO.Path]::GetTempPath()) ('llamagate test ' + [guid]::NewGuid().ToString('N'))
try {
    Test-PerUser (Join-Path $work 'per user')
    if ($WithService) {
        Test-Service (Join-Path $work 'service')
    }
}
finally {
    if (Test-Path -LiteralPath $work) {
        Remove-Item -LiteralPath $work -Recurse -Force
    }
}

Write-Host "$script:Passed passed, $script:Failed failed"
if ($script:Failed -gt 0) {
    exit 1
}

exit 0
