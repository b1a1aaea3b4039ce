using System.Globalization;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.Streaming;

/// <summary>The texts of the comments about the queue.</summary>
internal static class QueueComment
{
    /// <summary>Callers choose the names of models, and must not control how much is written.</summary>
    private const int MaxNameLength = 128;

    /// <param name="entry">Of a call that waits for a slot or for its model.</param>
    public static string Of(QueueEntry entry) => entry.State is QueueState.Loading
        ? $"loading model={Visible(entry.Model)}{Eta(entry)}"
        : string.Create(CultureInfo.InvariantCulture, $"queued position={entry.Position}{Eta(entry)} model={Visible(entry.Model)}");

    /// <param name="route">Where a call went.</param>
    public static string Of(UpstreamRoute route) => route.ContextLength is { } context
        ? string.Create(CultureInfo.InvariantCulture, $"running host={Visible(route.Host)} context={context}")
        : $"running host={Visible(route.Host)}";

    private static string Eta(QueueEntry entry) => entry.Eta is { } eta
        ? string.Create(CultureInfo.InvariantCulture, $" eta={Math.Max(0, Math.Ceiling(eta.TotalSeconds)):0}s")
        : "";

    private static string Visible(string name) => string.Create(Math.Min(name.Length, MaxNameLength), name, static (text, name) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = name[i] is > ' ' and <= '~' ? name[i] : '?';
        }
    });
}
