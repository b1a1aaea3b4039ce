using System.Text.Json;
using LlamaGate.Application.Models;

namespace LlamaGate.Api.CommandLine.Doctor.Upstream;

/// <summary>
/// Calls of Ollama with the options of the gateway's own calls. With other options Ollama would load the model again, for everybody.
/// </summary>
/// <param name="options">Those of HOSTS_FILE and MODEL_OPTIONS.</param>
/// <param name="isShared">Whether the gateway shares the hosts. Then its calls name the context of the runner, and only loads set <c>keep_alive</c>.</param>
internal sealed class DirectCalls(ModelOptions options, bool isShared)
{
    /// <summary>Whether the body depends on the runner that gets the call.</summary>
    public bool NeedsRunner => isShared;

    /// <param name="model">The model's own name.</param>
    /// <param name="maxTokens">The limit of the answer.</param>
    /// <param name="runner">On shared hosts: the model's runner; null when the call loads the model.</param>
    public ChatBody CreateBody(string model, int maxTokens, LoadedModel? runner)
    {
        var defaults = options.Find(model, model);
        var context = runner is { ContextLength: > 0 } ? runner.ContextLength : (long?)null;
        var own = JsonSerializer.SerializeToElement(new ChatOptions(context, maxTokens), UpstreamJsonContext.Default.ChatOptions);
        return new ChatBody(
            model,
            [new ChatLine("user", TestPrompt.Text)],
            defaults?.Complete(own) ?? own,
            runner is null ? defaults?.KeepAlive : null);
    }
}
