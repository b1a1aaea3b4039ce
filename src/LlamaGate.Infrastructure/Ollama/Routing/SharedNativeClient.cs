using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Ollama.Routing;

/// <summary>Ollama's own API over several hosts: their lists are joined; every other call goes to one of them.</summary>
internal sealed class SharedNativeClient(OllamaHosts hosts, IUpstreamCalls calls, TimeProvider timeProvider) : INativeClient
{
    private readonly OllamaNativeClient _one = new(calls, timeProvider);

    public Task<INativeAnswer> StartAsync(UpstreamCall call, CancellationToken cancellationToken) => call.Endpoint switch
    {
        UpstreamEndpoint.Tags => MergeAsync(call, hosts.Live, isUnique: true, cancellationToken),
        // A draining host still runs what it has begun.
        UpstreamEndpoint.RunningModels => MergeAsync(
            call, [.. hosts.All.Where(probed => probed.Host.Health.IsUp)], isUnique: false, cancellationToken),
        _ => _one.StartAsync(call, cancellationToken),
    };

    private async Task<INativeAnswer> MergeAsync(
        UpstreamCall call, IReadOnlyList<ProbedHost> asked, bool isUnique, CancellationToken cancellationToken)
    {
        hosts.NoteUse();
        var lists = await Task.WhenAll(asked.Select(probed => ReadAsync(call, probed, cancellationToken)));
        if (lists.All(list => list.Failure is not null))
        {
            throw lists.Select(list => list.Failure).FirstOrDefault() ?? hosts.NoHost();
        }

        var merged = new MergedList(isUnique);
        foreach (var (list, _) in lists)
        {
            merged.Add(list);
        }

        return new MergedAnswer(merged.ToJson());
    }

    private async Task<(ReadOnlyMemory<byte> List, GatewayException? Failure)> ReadAsync(
        UpstreamCall call, ProbedHost probed, CancellationToken cancellationToken)
    {
        using var lease = HostLease.Take(probed);
        if (lease is null)
        {
            return (default, hosts.NoHost());
        }

        using var limit = new CancellationTokenSource(OwnCalls.Limit, timeProvider);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var answer = await probed.Host.Calls.StartAsync(call with { PassesErrors = true }, ending.Token);
            using var body = await answer.ReadToEndAsync(ending.Token);
            return (body.Memory.ToArray(), null);
        }
        catch (GatewayException failure)
        {
            probed.Probe.NoteFailure(failure);
            return (default, failure);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (default, new GatewayException(GatewayError.UpstreamTimeout, $"Host {probed.Host.Name} did not answer in time."));
        }
    }
}
