using System.Text.Json;
using LlamaGate.Api.Errors;
using LlamaGate.Domain.Errors;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace LlamaGate.Api.Tests.OpenApi;

/// <summary>The document is valid, complete and open to everybody.</summary>
public sealed class DocumentTests(DescribedGateway gateway) : IClassFixture<DescribedGateway>
{
    [Fact]
    public void Document_Always_IsValidOpenApi()
    {
        var result = OpenApiDocument.Parse(gateway.Document.GetRawText(), "json");
        Assert.NotNull(result.Document);
        Assert.Empty(result.Diagnostic!.Errors);
        Assert.Empty(result.Diagnostic.Warnings);
        Assert.StartsWith("3.1.", gateway.Document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Pages, and what the gateway refuses unless NATIVE_API=full.</summary>
    private static readonly string[] Undescribed =
    [
        "GET /", "GET /admin", "GET /admin/assets/{name}", "POST /api/pull", "POST /api/push", "POST /api/create", "POST /api/copy",
        "DELETE /api/delete", "GET /api/blobs/{digest}", "POST /api/blobs/{digest}",
    ];

    /// <summary>A route that is neither described nor listed above fails here.</summary>
    [Fact]
    public void Paths_All_AreTheRoutes()
    {
        var routes = from endpoint in gateway.Routes
                     from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
                     select $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/').Replace("{**", "{", StringComparison.Ordinal)}";
        Assert.Equal(
            routes.Distinct(StringComparer.Ordinal).Except(Undescribed, StringComparer.Ordinal).Order(StringComparer.Ordinal),
            gateway.Operations.Select(operation => $"{operation.Method} {operation.Path}").Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Fact]
    public void Operations_All_AreDescribed() => Assert.All(gateway.Operations, described =>
    {
        var (_, path, operation) = described;
        Assert.All(["operationId", "summary", "description"], name => Assert.NotEmpty(operation.GetProperty(name).GetString()!));
        Assert.Single(operation.GetProperty("tags").EnumerateArray());
        // Only one route never succeeds.
        var success = operation.GetProperty("responses").GetProperty(path == "/v1/responses/{id}/cancel" ? "400" : "200");
        Assert.False(success.GetProperty("description").GetString() is "OK" or "Bad Request", "The answer is not described.");
        // Only events and metrics have no JSON.
        var content = success.GetProperty("content").GetProperty(
            path switch { "/admin/api/events" => "text/event-stream", "/metrics" => "text/plain", _ => "application/json" });
        Assert.True(content.TryGetProperty("schema", out _));
        Assert.NotEmpty(content.GetProperty("examples").EnumerateObject());
        Assert.True(success.GetProperty("headers").TryGetProperty("X-Request-ID", out _));
        Assert.Equal(
            path.StartsWith("/v1/", StringComparison.Ordinal) || path.StartsWith("/api/", StringComparison.Ordinal)
                || path.StartsWith("/admin/api/", StringComparison.Ordinal),
            success.GetProperty("headers").TryGetProperty("x-ratelimit-remaining-requests", out _));
    });

    [Fact]
    public void Operations_OfTheApi_TellTheirErrors()
    {
        string[] everywhere = ["401", "405", "429", "500", "502", "503", "504"];
        Assert.All(gateway.Operations.Where(operation => operation.Path.StartsWith("/v1/", StringComparison.Ordinal)), described =>
        {
            var answers = described.Operation.GetProperty("responses");
            string[] ofBody = described.Operation.TryGetProperty("requestBody", out _) ? ["400", "404", "413", "415"] : [];
            Assert.All([.. everywhere, .. ofBody], status =>
            {
                var content = gateway.Schemas.Resolve(answers.GetProperty(status)).GetProperty("content").GetProperty("application/json");
                var envelope = described.Path.StartsWith("/v1/messages", StringComparison.Ordinal) ? "/AnthropicError" : "/OpenAIError";
                Assert.EndsWith(envelope, content.GetProperty("schema").GetProperty("$ref").GetString(), StringComparison.Ordinal);
            });
        });
    }

    [Fact]
    public void Operations_OfOllamasApi_TellOfItsErrors()
    {
        var native = gateway.Operations.Where(operation => operation.Path.StartsWith("/api/", StringComparison.Ordinal)).ToList();
        Assert.Equal(8, native.Count);
        Assert.All(native, described =>
        {
            var failure = gateway.Schemas.Resolve(described.Operation.GetProperty("responses").GetProperty("default"));
            var schema = failure.GetProperty("content").GetProperty("application/json").GetProperty("schema");
            Assert.Equal("#/components/schemas/OllamaError", schema.GetProperty("$ref").GetString());
            Assert.Equal("Ollama", described.Operation.GetProperty("tags")[0].GetString());
        });
    }

    /// <summary>Every error there is has an example, which the envelope's schema allows. Ollama's clients alone meet one of them.</summary>
    [Fact]
    public void ErrorExamples_All_AreTheErrorTable()
    {
        var examples = ErrorExamples(isAnthropics: false);
        var others = ErrorExamples(isAnthropics: true);
        Assert.All(examples, example => Assert.Empty(gateway.Schemas.Validate("OpenAIError", example)));
        Assert.All(others, example => Assert.Empty(gateway.Schemas.Validate("AnthropicError", example)));
        // Conflicts are the administration's alone.
        Assert.Equal(examples.Count - 1, others.Count);
        Assert.Equal(
            Enum.GetValues<GatewayError>().Where(error => error is not GatewayError.ModelsReadOnly).Select(error => ErrorDescription.Of(error).Code).Order(StringComparer.Ordinal),
            examples.Select(example => example.GetProperty("error").GetProperty("code").GetString()).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    private List<JsonElement> ErrorExamples(bool isAnthropics) =>
    [
        .. from answer in gateway.Document.GetProperty("components").GetProperty("responses").EnumerateObject()
           where answer.Name != "OllamaFailure" && answer.Name.StartsWith("Anthropic", StringComparison.Ordinal) == isAnthropics
           from example in answer.Value.GetProperty("content").GetProperty("application/json").GetProperty("examples").EnumerateObject()
           select example.Value.GetProperty("value"),
    ];

    /// <summary>In this gateway, which has keys.</summary>
    [Fact]
    public void Security_OfEachOperation_IsWhatItsRouteAsks() => Assert.All(gateway.Operations, described =>
    {
        var route = gateway.Routes.First(route =>
            "/" + route.RoutePattern.RawText!.TrimStart('/').Replace("{**", "{", StringComparison.Ordinal) == described.Path
            && route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains(described.Method, StringComparer.Ordinal));
        var expected = route.Metadata.GetMetadata<IAllowAnonymous>() is not null ? "[]"
            : described.Path == "/metrics" ? """[{},{"Bearer":[]}]"""
            : """[{"Bearer":[]}]""";
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), described.Operation.GetProperty("security")), described.Path);
    });

    /// <summary>Every reference is to something, and nothing is named as only C# names it.</summary>
    [Fact]
    public void References_All_LeadSomewhere()
    {
        var references = Strings(gateway.Document, "$ref").ToList();
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.Equal(
            JsonValueKind.Object, reference.Split('/').Skip(1).Aggregate(gateway.Document, (parent, name) => parent.GetProperty(name)).ValueKind));
        Assert.All(gateway.Document.GetProperty("components").GetProperty("schemas").EnumerateObject(), schema => Assert.Matches("^[A-Za-z]+$", schema.Name));
        Assert.DoesNotContain(Strings(gateway.Document, "description"), text => text.Contains("cref", StringComparison.Ordinal) || text.Contains("LlamaGate.Api", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Strings(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member.Name == name && member.Value.ValueKind == JsonValueKind.String ? [member.Value.GetString()!] : Strings(member.Value, name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Strings(item, name)),
        _ => [],
    };
}
