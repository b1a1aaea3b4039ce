namespace LlamaGate.Application.Telemetry;

/// <summary>
/// Every name in metrics and traces: the semantic conventions 1.41 of OpenTelemetry for generative AI where they have one, else
/// <c>llamagate.…</c>. docs/observability.md, the dashboard and the alerts use the same names; a test compares them.
/// </summary>
public static class TelemetryNames
{
    /// <summary>Of the meter and of the activity source.</summary>
    public const string Scope = "LlamaGate";

    public const string ServerRequestDuration = "gen_ai.server.request.duration";
    public const string ServerTimeToFirstToken = "gen_ai.server.time_to_first_token";
    public const string ServerTimePerOutputToken = "gen_ai.server.time_per_output_token";
    public const string ClientOperationDuration = "gen_ai.client.operation.duration";
    public const string ClientTimeToFirstChunk = "gen_ai.client.operation.time_to_first_chunk";
    public const string ClientTokenUsage = "gen_ai.client.token.usage";

    public const string QueueWait = "llamagate.queue.wait";
    public const string QueueDepth = "llamagate.queue.depth";
    public const string SlotsBusy = "llamagate.slots.busy";
    public const string SlotsLimit = "llamagate.slots.limit";
    public const string GpuTime = "llamagate.gpu.time";
    public const string ModelLoads = "llamagate.model.loads";
    public const string ModelLoadTime = "llamagate.model.load.time";
    public const string Refusals = "llamagate.refusals";
    public const string Failovers = "llamagate.failovers";
    public const string EtaError = "llamagate.eta.error";
    public const string HostUp = "llamagate.host.up";
    public const string QuotaUsed = "llamagate.quota.used";
    public const string StoreLag = "llamagate.store.lag";
    public const string RedisUp = "llamagate.redis.up";

    /// <summary><c>chat</c>, <c>text_completion</c> or <c>embeddings</c>.</summary>
    public const string OperationName = "gen_ai.operation.name";
    public const string ProviderName = "gen_ai.provider.name";
    public const string RequestModel = "gen_ai.request.model";
    public const string ResponseModel = "gen_ai.response.model";
    public const string TokenType = "gen_ai.token.type";
    public const string InputTokens = "gen_ai.usage.input_tokens";
    public const string OutputTokens = "gen_ai.usage.output_tokens";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string ErrorType = "error.type";

    public const string HttpMethod = "http.request.method";
    public const string HttpRoute = "http.route";
    public const string HttpStatus = "http.response.status_code";
    public const string UrlPath = "url.path";

    /// <summary>The id of the caller's key.</summary>
    public const string Key = "llamagate.key";

    /// <summary>The name of an Ollama host.</summary>
    public const string Host = "llamagate.host";

    /// <summary>What the cache did: <c>hit</c>, <c>miss</c> or <c>bypass</c>.</summary>
    public const string Cache = "llamagate.cache";

    /// <summary>Why a model was loaded.</summary>
    public const string Reason = "llamagate.reason";

    /// <summary>The code of an error, as in the error's body.</summary>
    public const string Code = "llamagate.code";

    /// <summary>What a quota limits: <c>tokens</c> or <c>gpu_seconds</c>.</summary>
    public const string Quota = "llamagate.quota";

    /// <summary>The place in the queue at arrival, from 1.</summary>
    public const string QueuePosition = "llamagate.queue.position";

    /// <summary>The X-Request-ID.</summary>
    public const string RequestId = "llamagate.request.id";

    /// <summary>The span of a wait for a slot.</summary>
    public const string QueueSpan = "queue";

    /// <summary>The span of the part of the wait in which the gateway loaded the model.</summary>
    public const string LoadSpan = "load";

    public const string Ollama = "ollama";
    public const string Input = "input";
    public const string Output = "output";

    /// <summary>In the place of a name that is not known, and of each one beyond the first 200.</summary>
    public const string Other = "other";

    /// <summary>The <see cref="ErrorType"/> of a request whose client has left.</summary>
    public const string ClientLeft = "client_left";

    public const string Chat = "chat";
    public const string TextCompletion = "text_completion";
    public const string Embeddings = "embeddings";
}
