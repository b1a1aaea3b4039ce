#!/usr/bin/env bash
# OllamaSharp 5.5.2, .NET 10: a generation that fails in mid-stream looks like one that has ended well. Ollama reports such a failure under
# status 200, as a last line {"error":"…"}. The library reads this line as one more update with neither text nor "done", and the
# enumeration ends without an exception. Its Chat helper then keeps the cut answer in the conversation as a complete one.
# A program must check that the last update was done.
# Output seen on 2026-11-29:
#   chat: done=False text=one
#   chat: done=False text=null
#   chat: no exception
#   generate: done=False text=one
#   generate: done=False text=null
#   generate: no exception
#   helper: text=one messages=2 no exception
# Exits 0 while this is so, 1 when it has changed. Needs a .NET 10 SDK and a package source; works in a temporary folder, on loopback.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="OllamaSharp" Version="[5.5.2]" />
  </ItemGroup>
</Project>
XML

cat > Program.cs <<'CSHARP'
using OllamaSharp;
using OllamaSharp.Models.Chat;

const string Failure = "{\"error\":\"an error was encountered while running the model: unexpected EOF\"}\n";
const string Head = "{\"model\":\"m\",\"created_at\":\"2026-01-01T00:00:00Z\",";

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
var server = builder.Build();
server.MapPost("/api/chat", (HttpContext context) =>
    Answer(context, Head + "\"message\":{\"role\":\"assistant\",\"content\":\"one\"},\"done\":false}\n" + Failure));
server.MapPost("/api/generate", (HttpContext context) => Answer(context, Head + "\"response\":\"one\",\"done\":false}\n" + Failure));
await server.StartAsync();

var client = new OllamaApiClient(server.Urls.First(), "m");
await foreach (var update in client.ChatAsync(new ChatRequest { Model = "m", Messages = [new Message(ChatRole.User, "hi")] }))
{
    Console.WriteLine($"chat: done={update?.Done} text={update?.Message?.Content ?? "null"}");
}

Console.WriteLine("chat: no exception");
await foreach (var update in client.GenerateAsync("hi"))
{
    Console.WriteLine($"generate: done={update?.Done} text={update?.Response ?? "null"}");
}

Console.WriteLine("generate: no exception");
var chat = new Chat(client);
var text = "";
await foreach (var piece in chat.SendAsync("hi"))
{
    text += piece;
}

Console.WriteLine($"helper: text={text} messages={chat.Messages.Count} no exception");

static Task Answer(HttpContext context, string lines)
{
    context.Response.ContentType = "application/x-ndjson";
    return context.Response.WriteAsync(lines);
}
CSHARP

dotnet run --nologo -v quiet > seen.txt
cat seen.txt
diff - seen.txt <<'EXPECTED'
chat: done=False text=one
chat: done=False text=null
chat: no exception
generate: done=False text=one
generate: done=False text=null
generate: no exception
helper: text=one messages=2 no exception
EXPECTED
