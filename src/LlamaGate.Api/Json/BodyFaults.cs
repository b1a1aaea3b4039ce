using System.Text.Json;
using LlamaGate.Application.Serialization;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Json;

/// <summary>Describes why a body could not be read, and where.</summary>
internal static class BodyFaults
{
    /// <summary>Names within a body are the caller's, and as long as the body.</summary>
    private const int MaxParamLength = 200;

    public static GatewayException Describe(JsonException exception)
    {
        var nested = exception as NestedContractException;
        var param = ToParam(exception.Path + nested?.InnerPath);
        var fault = nested?.Fault ?? exception;
        var message = fault switch
        {
            ContractException => fault.Message,
            // A syntax error comes from the reader, wrapped in the serializer's exception.
            { InnerException: JsonException } or { Path: null } => Malformed(fault),
            { InnerException: InvalidOperationException } when param is null => "The request body contains a name that is not valid Unicode.",
            _ when param is null => "The request body must be a JSON object.",
            { InnerException: InvalidOperationException invalid } when IsBadText(invalid) => $"{param} is not valid Unicode text.",
            _ => ExpectedType.In(fault.Message) is { } expected
                ? $"{param} has the wrong type: expected {expected}."
                : $"{param} has the wrong type.",
        };
        return new GatewayException(GatewayError.InvalidRequest, message, exception) { Path = param };
    }

    /// <summary>Half a surrogate pair, or invalid UTF-8: the reader has no specific exception for it.</summary>
    private static bool IsBadText(InvalidOperationException exception) =>
        exception.Message.StartsWith("Cannot read", StringComparison.Ordinal)
        || exception.Message.StartsWith("Cannot transcode", StringComparison.Ordinal);

    /// <summary>The reader has one exception for all, and its text is all that tells them apart.</summary>
    private static string Malformed(JsonException exception) =>
        exception.Message.Contains("maximum configured depth", StringComparison.Ordinal)
        ? $"The request body is nested more than {ContractSerialization.MaxDepth} levels deep."
        : $"The request body is not valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}).";

    /// <summary><c>$.messages[0].role</c> → <c>messages[0].role</c>.</summary>
    private static string? ToParam(string? path) => path switch
    {
        null or "$" => null,
        _ when path.StartsWith("$.", StringComparison.Ordinal) => Bounded(path[2..]),
        _ => Bounded(path[1..]),
    };

    private static string Bounded(string param) => param.Length <= MaxParamLength ? param : param[..MaxParamLength] + "…";
}
