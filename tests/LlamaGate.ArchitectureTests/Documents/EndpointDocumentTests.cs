using System.Text.RegularExpressions;
using LlamaGate.Api;
using LlamaGate.Api.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace LlamaGate.ArchitectureTests.Documents;

/// <summary>The documented endpoints are the gateway's routes.</summary>
public sealed partial class EndpointDocumentTests : IAsyncDisposable
{
    private readonly WebApplication _gateway = GatewayHost.Build(new GatewaySettings { Port = 0 });

    /// <summary>In both directions: none is claimed that is not there, and none is there that the document leaves out.</summary>
    [Fact]
    public void ApiDocument_Endpoints_AreTheRoutes()
    {
        var claimed = MarkdownTable.Read("docs/api.md", "endpoint").Select(row => row[0])
            .Where(endpoint => !IsElsewhere(endpoint))
            .Order(StringComparer.Ordinal);
        Assert.Equal(string.Join('\n', Routes()), string.Join('\n', claimed));
    }

    /// <summary>Other documents and examples name no path that is not there either.</summary>
    [Theory]
    [InlineData("README.md")]
    [InlineData("QUICKSTART.md")]
    [InlineData("docs/api.md")]
    [InlineData("docs/architecture.md")]
    [InlineData("docs/behaviour.md")]
    [InlineData("docs/errors.md")]
    [InlineData("docs/operations.md")]
    public void Documents_PathsWithMethod_AreRoutes(string document)
    {
        var claims = Claim().Matches(File.ReadAllText(Path.Combine(Projects.Root, document))).Select(match => match.Groups["claim"].Value);
        Assert.Empty(claims.Where(claim => !IsElsewhere(claim)).Except(RoutesOf(_ => true), StringComparer.Ordinal));
    }

    [Fact]
    public void ApiDocument_Names_EveryRoute()
    {
        var text = File.ReadAllText(Path.Combine(Projects.Root, "docs/api.md"));
        Assert.All(Routes(), route => Assert.True(
            text.Contains($"## {route}\n", StringComparison.Ordinal) || text.Contains($"`{route}`", StringComparison.Ordinal), route));
    }

    /// <summary>A reader who looks a code up finds what to do about it.</summary>
    [Fact]
    public void OperationsDocument_Troubleshooting_HasEveryCode()
    {
        var claimed = MarkdownTable.Read("docs/operations.md", "code").SelectMany(row => Codes(row[0]));
        var known = MarkdownTable.Read("docs/errors.md", "status").SelectMany(row => Codes(row[1])).ToList();
        Assert.True(known.Count > 10);
        Assert.Equal(known.Order(StringComparer.Ordinal), claimed.Order(StringComparer.Ordinal));
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    /// <summary>Swagger's, which are served by its middleware and opened by tests/swagger-ui.</summary>
    private static bool IsElsewhere(string claim) => claim.Contains(" /swagger", StringComparison.Ordinal);

    private static IEnumerable<string> Codes(string cell) => Code().Matches(cell).Select(match => match.Value);

    /// <summary>Without Ollama's that only refuse, and its root: the document tells of them in words.</summary>
    private IEnumerable<string> Routes() => RoutesOf(endpoint =>
        endpoint.RoutePattern.RawText!.TrimStart('/') is not "" && (!endpoint.RoutePattern.RawText.Contains("api/", StringComparison.Ordinal)
            || endpoint.Metadata.GetMetadata<ApiExplorerSettingsAttribute>() is not { IgnoreApi: true }));

    private IEnumerable<string> RoutesOf(Func<RouteEndpoint, bool> filter) => (
        from endpoint in ((IEndpointRouteBuilder)_gateway).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        where filter(endpoint)
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/').Replace("{**", "{", StringComparison.Ordinal)}")
        // What has two forms stands once.
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"`(?<claim>(GET|POST|PUT|DELETE) /[^`\s]*)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Claim();

    [GeneratedRegex("[a-z]+(_[a-z]+)+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
