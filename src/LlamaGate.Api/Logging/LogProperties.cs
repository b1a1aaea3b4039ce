namespace LlamaGate.Api.Logging;

/// <summary>Names of properties that several writers use.</summary>
internal static class LogProperties
{
    /// <summary>The id of the request that a line is about.</summary>
    public const string RequestId = "request_id";
}
