# Stand-ins for what the hosted engine lacks: the cmdlets of PowerShell's own modules do on this machine's files what they do
# on Windows, and everything that only Windows has writes down how it was called.

$global:Screen = [System.Collections.Generic.List[string]]::new()
$global:Calls = [System.Collections.Generic.List[string]]::new()
$global:Answers = [System.Collections.Generic.Queue[string]]::new()
$global:Services = @{}
$global:Elevated = $true
$global:WebFails = $true
$global:OnWinget = {}
$global:OnVendorScript = {}

function global:Record([string] $Name, $Words) {
    $global:Calls.Add($Name + ' ' + [string]::Join(' ', [object[]] $Words))
    $global:LASTEXITCODE = 0
}

# Microsoft.PowerShell.Utility and .Management
function global:Write-Host([string] $Text) { $global:Screen.Add($Text) }
function global:Read-Host([string] $Prompt) {
    $global:Screen.Add($Prompt)
    $global:Answers.Dequeue()
}
function global:Join-Path([string] $Path, [string] $ChildPath) { [System.IO.Path]::Combine($Path, $ChildPath) }
function global:Split-Path([string] $Path, [switch] $Parent) { [System.IO.Path]::GetDirectoryName($Path) }
function global:Test-Path([string] $LiteralPath, [string] $PathType) {
    [System.IO.File]::Exists($LiteralPath) -or ($PathType -ne 'Leaf' -and [System.IO.Directory]::Exists($LiteralPath))
}
function global:Copy-Item([string] $LiteralPath, [string] $Destination, [switch] $Force) {
    [System.IO.File]::Copy($LiteralPath, $Destination, $Force)
}
function global:Move-Item([string] $LiteralPath, [string] $Destination, [switch] $Force) {
    [System.IO.File]::Move($LiteralPath, $Destination, $Force)
}
function global:Remove-Item {
    [CmdletBinding()]
    param([string] $LiteralPath, [switch] $Force)
    [System.IO.File]::Delete($LiteralPath)
}
function global:Get-FileHash([string] $LiteralPath) {
    @{ Hash = [System.Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData([System.IO.File]::ReadAllBytes($LiteralPath))) }
}
function global:ConvertFrom-Json {
    process { @{ sdk = @{ version = [regex]::Match($_, '"version": "([^"]+)"').Groups[1].Value } } }
}
function global:Invoke-WebRequest([switch] $UseBasicParsing, [int] $TimeoutSec, [string] $Uri, [string] $OutFile) {
    $global:Calls.Add("Invoke-WebRequest $Uri")
    if ($global:WebFails) {
        throw [System.Net.Http.HttpRequestException]::new('nobody there')
    }
}

# Windows
function global:whoami.exe {
    if ($global:Elevated) { '"Mandatory Label\High","Label","S-1-16-12288",""' } else { '"Mandatory Label\Medium","Label","S-1-16-8192",""' }
}
function global:icacls.exe { Record 'icacls.exe' $args }
function global:reg.exe { Record 'reg.exe' $args }
function global:sc.exe {
    Record 'sc.exe' $args
    if ($args[0] -eq 'delete') { $global:Services.Remove($args[1]) }
}
function global:powershell.exe {
    Record 'powershell.exe' $args
    & $global:OnVendorScript
}
function global:Get-Service {
    [CmdletBinding()]
    param([string] $Name)
    $global:Services[$Name]
}
function global:New-Service($Name, $BinaryPathName, $DisplayName, $Description, $StartupType) {
    Record 'New-Service' $Name, $BinaryPathName, $StartupType
    $global:Services[$Name] = @{ ImagePath = $BinaryPathName }
}
function global:Get-ItemProperty([string] $LiteralPath) { $global:Services[($LiteralPath -split '\\')[-1]] }
function global:Start-Service([string] $Name) { Record 'Start-Service' $Name }
function global:Stop-Service([string] $Name) { Record 'Stop-Service' $Name }
