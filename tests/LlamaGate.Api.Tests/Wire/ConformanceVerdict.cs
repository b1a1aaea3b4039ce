using System.Text.Json;

namespace LlamaGate.Api.Tests.Wire;

/// <summary>What the gateway makes of a field, read from the field's cases: what was sent, what reached Ollama, what came back.</summary>
internal sealed class ConformanceVerdict
{
    private readonly IReadOnlyList<WireCase> _cases;
    private readonly Dictionary<string, WireStep> _baselines;

    public ConformanceVerdict(IReadOnlyList<WireCase> cases)
    {
        _cases = cases;
        _baselines = new Dictionary<string, WireStep>(StringComparer.Ordinal)
        {
            [WireStep.Chat] = Step("chat.roles", "user"),
            ["POST /v1/completions"] = Step("completions.prompt", "a text"),
            ["POST /v1/embeddings"] = Step("embeddings.input", "a text"),
            ["POST /v1/responses"] = Step("responses.model", "as asked"),
        };
    }

    public string Of(string row)
    {
        var steps = _cases.Where(one => one.Row == row).SelectMany(one => one.Steps).ToArray();
        var good = steps.Where(step => step.Expect!.Status == 200).ToArray();
        var refused = steps.Where(step => step.Expect!.Status == 400 && step.Upstream.Count == 0).ToArray();
        if (good.Length == 0 && _cases.Any(one => one.Row.StartsWith(row + ".", StringComparison.Ordinal)))
        {
            return "see below; a bad value is 400";
        }

        if (good.Length == 0)
        {
            var told = refused.Length > 0 ? refused[0] : steps[0];
            return $"{told.Expect!.Status} {CodeOf(told)}".TrimEnd();
        }

        return OfGood(row, good) + (refused.Length > 0 ? "; a bad value is 400" : "");
    }

    private string OfGood(string row, IReadOnlyList<WireStep> good)
    {
        var named = good.Any(step => step.Expect!.Headers.GetValueOrDefault("X-LlamaGate-Ignored") is not null);
        if (good.All(step => HasNoEffect(step, inAnyForm: named)))
        {
            return named ? "no effect, listed in `X-LlamaGate-Ignored`" : "accepted, no effect";
        }

        var enforced = row.Contains("tool_choice", StringComparison.Ordinal) && good.Any(HasSchema);
        return (enforced ? "**enforced**" : "supported") + (named ? "; listed in `X-LlamaGate-Ignored` where it has no effect" : "");
    }

    /// <param name="inAnyForm">Streamed or not: the field was told to have no effect on either.</param>
    private bool HasNoEffect(WireStep step, bool inAnyForm)
    {
        var baseline = _baselines[step.Request];
        var asked = step.Upstream.Where(call => call.Line != "POST /api/show").ToArray();
        var sent = asked is [{ Body: { } body }] ? body : "";
        return sent == baseline.Upstream[0].Body
            && (step.Expect!.Events is not null ? inAnyForm : step.Expect.Text == baseline.Expect!.Text);
    }

    private static bool HasSchema(WireStep step) =>
        step.Upstream.Any(call => call.Body?.Contains("\"format\":{", StringComparison.Ordinal) is true);

    private static string CodeOf(WireStep step) =>
        JsonElement.Parse(step.Expect!.Text).GetProperty("error").GetProperty("code").GetString() is { } code ? $"`{code}`" : "";

    private WireStep Step(string row, string name) => _cases.Single(one => one.Row == row && one.Name == name).Steps[0];
}
