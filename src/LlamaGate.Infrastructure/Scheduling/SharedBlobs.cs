using System.Collections.Concurrent;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Models;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.Infrastructure.Ollama.Hosts;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Scheduling;

/// <summary>
/// Models with different digests whose weights are the same file share a runner: Ollama lists it under the name that was loaded first. Which
/// ones do is learned when a load has ended and the model is not listed. Thread-safe.
/// </summary>
internal sealed class SharedBlobs
{
    private const string From = "FROM ";

    /// <summary>Nobody has that many; models that are pulled again and again must not add up. What is forgotten is soon learned again.</summary>
    private const int MaxKnown = 1000;

    private readonly ConcurrentDictionary<string, string> _first = new(StringComparer.Ordinal);

    /// <summary>What the scheduler calls the model: the key of the one whose runner it uses.</summary>
    /// <param name="key">See <see cref="HostModel.Key"/>.</param>
    public string Of(string key) => _first.GetValueOrDefault(key, key);

    /// <summary>The models of a host as the scheduler calls them.</summary>
    public IReadOnlyDictionary<string, HostedModel> Of(IReadOnlyDictionary<string, HostedModel> models)
    {
        Dictionary<string, HostedModel>? all = null;
        foreach (var (key, model) in models)
        {
            if (_first.TryGetValue(key, out var first) && !models.ContainsKey(first))
            {
                all ??= new Dictionary<string, HostedModel>(models, StringComparer.Ordinal);
                all.TryAdd(first, model);
            }
        }

        return all ?? models;
    }

    /// <summary>Looks for the runner that a loaded model uses, when none is listed under its own name.</summary>
    /// <param name="name">The model's name on the host.</param>
    /// <param name="listed">What the host has loaded.</param>
    /// <returns>Whether one was found that was not known.</returns>
    public async Task<bool> LearnAsync(SharedHost host, string key, string name, HostRunners listed, CancellationToken cancellationToken)
    {
        if (listed.All.Any(runner => Of(runner.Key) == Of(key)) || await FindBlobAsync(host, name, cancellationToken) is not { } blob)
        {
            return false;
        }

        foreach (var runner in listed.All)
        {
            if (await FindBlobAsync(host, runner.Name, cancellationToken) == blob)
            {
                if (_first.Count >= MaxKnown)
                {
                    _first.Clear();
                }

                _first[key] = Of(runner.Key);
                host.Load.NoteListedAs(ModelName.Key(name), ModelName.Key(runner.Name));
                return true;
            }
        }

        return false;
    }

    /// <summary>The file's name, from the FROM line of the Modelfile; null when it cannot be read.</summary>
    internal static string? ReadBlob(string? modelfile)
    {
        foreach (var line in (modelfile ?? "").AsSpan().EnumerateLines())
        {
            if (line.StartsWith(From, StringComparison.Ordinal))
            {
                var path = line[From.Length..].Trim();
                return path[(path.LastIndexOfAny('/', '\\') + 1)..].ToString();
            }
        }

        return null;
    }

    private static async Task<string?> FindBlobAsync(SharedHost host, string name, CancellationToken cancellationToken)
    {
        try
        {
            var json = OllamaJsonContext.Instance;
            using var body = UpstreamBody.Of(new OllamaShowRequest(name), json.OllamaShowRequest);
            var call = new UpstreamCall(UpstreamEndpoint.Show, OwnCalls.Context) { Model = name, Body = body.Json };
            return ReadBlob((await host.Calls.ReadAsync(call, json.OllamaShow, cancellationToken)).Modelfile);
        }
        catch (GatewayException)
        {
            return null;
        }
    }
}
