#!/usr/bin/env bash
# Microsoft.Extensions.AI.OpenAI 11.0.0 with OpenAI 2.15.0 (NuGet, each the newest on 2026-12-01), .NET 10: restore and build succeed without a
# warning, chats work, but a streamed answer of a ResponsesClient throws MissingMethodException before anything is sent: 2.15.0 has changed a
# method on which 11.0.0 was compiled, and the package allows any later version. OpenAI 2.14.0, its declared dependency, works.
# It matters to everyone who updates both packages to their newest versions: nothing fails before the first streamed answer.
# Output seen on 2026-12-01:
#   OpenAI 2.14.0: ClientResultException
#   OpenAI 2.15.0: MissingMethodException
# Nothing listens at the address, so ClientResultException or AggregateException means that the request was sent. Exits 0 while this is so, 1 when
# it has changed. Needs a .NET 10 SDK; works in a temporary folder.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

for version in 2.14.0 2.15.0; do
  mkdir "$version"
  cat > "$version/finding.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <NoWarn>OPENAI001;MEAI001</NoWarn>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.Extensions.AI.OpenAI" Version="[11.0.0]" />
    <PackageReference Include="OpenAI" Version="[$version]" />
  </ItemGroup>
</Project>
XML
  cat > "$version/Program.cs" <<'CSHARP'
using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI.Responses;

// Nothing listens there, and one attempt is enough.
var options = new ResponsesClientOptions { Endpoint = new Uri("http://127.0.0.1:1/v1"), RetryPolicy = new ClientRetryPolicy(0) };
var client = new ResponsesClient(new ApiKeyCredential("none"), options).AsIChatClient("m");
try
{
    await foreach (var _ in client.GetStreamingResponseAsync("hi"))
    {
    }
}
catch (Exception exception)
{
    Console.WriteLine(exception.GetType().Name);
}
CSHARP
  (cd "$version" && dotnet run --nologo -v quiet > seen.txt)
  echo "OpenAI $version: $(cat "$version/seen.txt")"
done
grep -q '^\(ClientResultException\|AggregateException\)$' 2.14.0/seen.txt
grep -q '^MissingMethodException$' 2.15.0/seen.txt
