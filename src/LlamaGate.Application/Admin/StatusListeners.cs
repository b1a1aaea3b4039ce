using System.Text.Json;
using LlamaGate.Application.Admin.Contracts;
using LlamaGate.Application.Caching;
using LlamaGate.Application.Serialization;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Admin;

/// <summary>
/// Those who follow the status. They share one reading of it each second, however many they are; nothing is read while there are none. Each takes
/// the next one when it has sent the last, so that a slow reader keeps nothing in memory. Thread-safe.
/// </summary>
internal sealed class StatusListeners(StatusReading reading, TimeProvider timeProvider)
{
    private const int MaxListeners = 32;

    private readonly AdminJsonContext _json = new(ContractSerialization.CreateOptions());
    private readonly Lock _gate = new();
    private SharedTask<StatusFrame>? _frames;
    private int _count;

    /// <exception cref="GatewayException">As many as may be listen already.</exception>
    public StatusFeed Listen(string keyId)
    {
        lock (_gate)
        {
            if (_count >= MaxListeners)
            {
                throw new GatewayException(
                    GatewayError.TooManyListeners, $"{MaxListeners} clients already listen to the status. Close a page, or read /admin/api/status.")
                {
                    RetryAfter = StatusFeed.Period,
                };
            }

            _count++;
            _frames ??= new SharedTask<StatusFrame>(ReadAsync, StatusFeed.Period, timeProvider);
            return new StatusFeed(keyId, _frames, timeProvider, Leave);
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            _count--;
        }
    }

    private async Task<StatusFrame> ReadAsync()
    {
        var status = await reading.ReadAsync(CancellationToken.None);
        // The time alone is no change.
        var text = JsonSerializer.SerializeToUtf8Bytes(status with { Now = status.Started }, _json.AdminStatus);
        return new StatusFrame(status, text);
    }
}

/// <summary>One reading of the status.</summary>
/// <param name="Text">By which two are compared.</param>
internal sealed record StatusFrame(AdminStatus Status, byte[] Text);
