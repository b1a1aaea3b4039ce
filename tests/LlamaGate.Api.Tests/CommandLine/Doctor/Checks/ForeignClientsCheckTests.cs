using LlamaGate.Api.CommandLine.Connections;
using LlamaGate.Api.CommandLine.Doctor;
using LlamaGate.Api.CommandLine.Doctor.Checks;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.CommandLine.Connections;

namespace LlamaGate.Api.Tests.CommandLine.Doctor.Checks;

public sealed class ForeignClientsCheckTests : IDisposable
{
    private readonly HttpClient _http = CommandHttp.Create();

    [Theory]
    [InlineData("""{"status":"healthy"}""", Severity.Info, "Unknown: the gateway does not list its hosts.", null)]
    [InlineData("""{"hosts":[{"name":"a"},{"name":"b","foreign":null}]}""", Severity.Ok, "The gateway has detected no other clients of its hosts.", null)]
    [InlineData(
        """{"hosts":[{"name":"a","foreign":{"model":"m","seen_at":"2026-11-29T10:00:00+00:00","more":1}},{"name":"b","foreign":{}}]}""",
        Severity.Warning, "Other clients use the hosts without the gateway.", "a: m was used, noticed at 2026-11-29 10:00:00 UTC.\nb: a model was used.")]
    internal async Task Check_OfTheGatewaysHosts_NamesForeignClients(string body, Severity severity, string title, string? detail)
    {
        await using var gateway = ScriptedServer.Answering(200, body);
        var context = DoctorTestBed.CreateContext(_http, new GatewaySettings(), gateway.Root);
        var finding = await DoctorTestBed.AskAsync(new ForeignClientsCheck(), context);
        Assert.Equal((severity, title, detail), (finding.Severity, finding.Title, finding.Detail));
    }

    public void Dispose() => _http.Dispose();
}
