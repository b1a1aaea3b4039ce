using System.Text;

namespace LlamaGate.Api.Tests.Hosting;

/// <summary>An open stream of server-sent events, read one by one as they come.</summary>
internal sealed class EventStream : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly Stream _body;
    private readonly byte[] _chunk = new byte[64 * 1024];
    private readonly MemoryStream _pending = new();
    private int _from;
    private int _searched;

    private EventStream(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _body = body;
    }

    public static async Task<EventStream> OfAsync(HttpResponseMessage response) =>
        new(response, await response.Content.ReadAsStreamAsync());

    public string Header(string name) =>
        string.Join(", ", _response.Headers.TryGetValues(name, out var values) ? values : _response.Content.Headers.GetValues(name));

    /// <summary>The next event without the blank line that ends it; null when the body has ended.</summary>
    public async Task<string?> NextAsync()
    {
        using var limit = new CancellationTokenSource(GatewayOverOllama.LongestWait);
        while (true)
        {
            if (TakeEvent() is { } found)
            {
                return found;
            }

            var read = await _body.ReadAsync(_chunk, limit.Token);
            if (read == 0)
            {
                Assert.Equal(_from, _pending.Length);
                return null;
            }

            _pending.Write(_chunk.AsSpan(0, read));
        }
    }

    /// <summary>All events to the end of the body.</summary>
    public async Task<IReadOnlyList<string>> RestAsync()
    {
        var events = new List<string>();
        while (await NextAsync() is { } next)
        {
            events.Add(next);
        }

        return events;
    }

    /// <summary>Passes over events until one holds the text.</summary>
    public async Task<string> UntilAsync(string text)
    {
        while (await NextAsync() is { } next)
        {
            if (next.Contains(text, StringComparison.Ordinal))
            {
                return next;
            }
        }

        throw new InvalidOperationException($"The stream ended without '{text}'.");
    }

    /// <summary>Hangs up when the body has not ended.</summary>
    public void Dispose()
    {
        _response.Dispose();
        _pending.Dispose();
    }

    private string? TakeEvent()
    {
        var pending = _pending.GetBuffer().AsSpan(0, (int)_pending.Length);
        var end = pending[_searched..].IndexOf("\n\n"u8) + _searched;
        if (end < _searched)
        {
            // What has been searched is not searched again: an event may be many megabytes long.
            _searched = Math.Max(_from, pending.Length - 1);
            return null;
        }

        var found = Encoding.UTF8.GetString(pending[_from..end]);
        _from = _searched = end + 2;
        if (_from == pending.Length)
        {
            _pending.SetLength(0);
            _from = _searched = 0;
        }

        return found;
    }
}
