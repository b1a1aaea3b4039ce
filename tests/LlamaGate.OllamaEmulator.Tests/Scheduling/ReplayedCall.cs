namespace LlamaGate.OllamaEmulator.Tests.Scheduling;

/// <summary>A call on its way, in the replay's time.</summary>
internal sealed class ReplayedCall : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();

    public ReplayedCall(HttpClient client, HttpRequestMessage request) => Answer = AnswerAsync(client, request);

    public double SentMs { get; init; }

    /// <summary>When the emulator was done with it; null before.</summary>
    public double? EndedMs { get; set; }

    /// <summary>The request as the emulator has it.</summary>
    public RecordedRequest? Seen { get; set; }

    /// <summary>Status and body; cancelled when the client left.</summary>
    public Task<(int Status, string Body)> Answer { get; }

    public async Task LeaveAsync()
    {
        await _leaving.CancelAsync();
        await (Seen ?? throw new InvalidOperationException("The call has not arrived.")).Completed.WaitAsync(EmulatedClient.Patience);
    }

    public void Dispose() => _leaving.Dispose();

    private async Task<(int Status, string Body)> AnswerAsync(HttpClient client, HttpRequestMessage request)
    {
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _leaving.Token);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(_leaving.Token));
    }
}
