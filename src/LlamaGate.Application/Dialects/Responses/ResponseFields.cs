using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Responses;

/// <summary>The upstream names the fields it complains of as a chat does; here they have other names.</summary>
internal static class ResponseFieldNames
{
    /// <summary>Whether the exception names a field that has another name here.</summary>
    public static bool AreDifferent(GatewayException exception) => Of(exception.Param) != exception.Param;

    /// <summary>The same failure under the name that the caller knows.</summary>
    public static GatewayException Translate(GatewayException exception) =>
        new(exception.Error, exception.Message, Of(exception.Param), exception)
        {
            RetryAfter = exception.RetryAfter,
            LogDetail = exception.LogDetail,
        };

    private static string? Of(string? param) => param switch
    {
        "messages" => "input",
        "reasoning_effort" => "reasoning.effort",
        "response_format" => "text.format",
        _ => param,
    };
}
