#!/usr/bin/env bash
# Microsoft.Orleans.Connections.Security 10.4.2, .NET 10: silos whose TlsOptions have both certificate selectors, as a certificate that is
# renewed needs, cannot connect to each other: "No certificate provided for client authentication", although the client's selector would
# give one, and is said to have a higher priority than LocalCertificate. With any LocalCertificate set as well, the selectors are asked,
# and the other certificate is never sent.
# It matters to clusters whose certificates are renewed while they run. The start of a silo on its own succeeds; its first neighbour is needed
# to see the fault.
# Output seen on 2026-11-30:
#   selectors only:         together: False, refused: True
#   and a LocalCertificate: together: True, refused: False, sent: CN=selected
# Exits 0 while this is so, 1 when it has changed. Needs a .NET 10 SDK and a package source; works in a temporary folder.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.Orleans.Server" Version="[10.4.2]" />
    <PackageReference Include="Microsoft.Orleans.Connections.Security" Version="[10.4.2]" />
  </ItemGroup>
</Project>
XML

cat > Program.cs <<'CSHARP'
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Connections.Security;
using Orleans.Runtime;

var selected = Create("selected");
Console.WriteLine($"selectors only:         {await TryAsync(local: null, shows: false)}");
Console.WriteLine($"and a LocalCertificate: {await TryAsync(Create("local"), shows: true)}");
Environment.Exit(0);

async Task<string> TryAsync(X509Certificate2? local, bool shows)
{
    var (log, sent, primary) = (new Messages(), new ConcurrentDictionary<string, bool>(), new IPEndPoint(IPAddress.Loopback, FreePort()));
    var first = Build(primary.Port);
    await first.StartAsync();
    var second = Build(FreePort());
    var starting = second.StartAsync();
    for (var i = 0; i < 300 && Active() < 2 && !log.HasRefusal; i++)
    {
        await Task.Delay(100);
    }

    var names = shows ? $", sent: {string.Join(", ", sent.Keys)}" : "";
    return $"together: {Active() == 2}, refused: {log.HasRefusal}{names}";

    int Active() => first.Services.GetRequiredService<IClusterMembershipService>().CurrentSnapshot.Members.Values
        .Count(member => member.Status is SiloStatus.Active);

    IHost Build(int port)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(port, gatewayPort: 0, primary)
            .UseTls(options =>
            {
                options.LocalCertificate = local;
                options.LocalServerCertificateSelector = (_, _) => selected;
                options.LocalClientCertificateSelector = (_, _, _, _, _) => selected;
                options.RemoteCertificateMode = options.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
                options.RemoteCertificateValidation = (certificate, _, _) => sent.TryAdd(certificate.Subject, true) || true;
            }));
        return builder.Build();
    }
}

static X509Certificate2 Create(string name)
{
    using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    return new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256)
        .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
}

static int FreePort()
{
    using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
    socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    return ((IPEndPoint)socket.LocalEndPoint!).Port;
}

internal sealed class Messages : ILoggerProvider, ILogger
{
    public bool HasRefusal { get; private set; }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        HasRefusal |= $"{formatter(state, exception)} {exception}".Contains("No certificate provided for client authentication");

    public void Dispose()
    {
    }
}
CSHARP

cat > expected.txt <<'TEXT'
selectors only:         together: False, refused: True
and a LocalCertificate: together: True, refused: False, sent: CN=selected
TEXT

timeout 300 dotnet run --configuration Release > output.txt
cat output.txt
diff -u expected.txt output.txt
