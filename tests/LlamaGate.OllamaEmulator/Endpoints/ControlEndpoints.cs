using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.OllamaEmulator.Hosting;

namespace LlamaGate.OllamaEmulator.Endpoints;

/// <summary>The emulator's own API under <c>/_emulator</c>, for clients outside this process.</summary>
internal sealed class ControlEndpoints(Emulator emulator)
{
    public const string Prefix = "/_emulator";
    private const string Requests = Prefix + "/requests";
    private const string Health = Prefix + "/health/";
    private const string KillRunner = Prefix + "/kill-runner/";
    private const string Runners = Prefix + "/runners";
    private const string Bench = Prefix + "/bench";

    private static readonly JsonSerializerOptions WithNames =
        new(JsonSerializerOptions.Web) { Converters = { new JsonStringEnumConverter() } };

    public async Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? string.Empty;
        switch (context.Request.Method, path)
        {
            case ("GET", Requests):
                context.Response.ContentType = "application/json";
                await JsonSerializer.SerializeAsync(
                    context.Response.Body,
                    emulator.Log.Snapshot().Select(Describe),
                    JsonSerializerOptions.Web,
                    context.RequestAborted);
                return;
            case ("DELETE", Requests):
                emulator.Log.Clear();
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            case ("GET", Bench):
                context.Response.ContentType = "application/json";
                await JsonSerializer.SerializeAsync(
                    context.Response.Body,
                    new { emulator.Bench.Arrived, emulator.Bench.Aborted },
                    JsonSerializerOptions.Web,
                    context.RequestAborted);
                return;
            case ("DELETE", Bench):
                emulator.Bench.Clear();
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            case ("PUT", _) when path.StartsWith(Health, StringComparison.Ordinal)
                && int.TryParse(path[Health.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var status)
                && status is >= 200 and <= 599:
                emulator.Script.HealthStatus = status < 300 ? null : status;
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            case ("POST", _) when path.StartsWith(KillRunner, StringComparison.Ordinal):
                context.Response.StatusCode = emulator.Runners?.Kill(path[KillRunner.Length..]) is true
                    ? StatusCodes.Status204NoContent
                    : StatusCodes.Status404NotFound;
                return;
            case ("GET", Runners) when emulator.Runners is { } runners:
                context.Response.ContentType = "application/json";
                await JsonSerializer.SerializeAsync(context.Response.Body, runners, WithNames, context.RequestAborted);
                return;
            case ("DELETE", Runners) when emulator.Runners is { } runners:
                runners.ClearCounts();
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
        }
    }

    private static object Describe(RecordedRequest request) => new
    {
        request.Method,
        request.Path,
        request.Headers,
        request.Body,
        Aborted = request.Aborted.IsCompleted,
        Completed = request.Completed.IsCompleted,
    };
}
