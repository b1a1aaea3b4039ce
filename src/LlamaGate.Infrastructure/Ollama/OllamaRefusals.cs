using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>Maps Ollama's refusals of a request to the caller's error, with the field at fault.</summary>
internal static class OllamaRefusals
{
    /// <summary>Status 400.</summary>
    public static GatewayException FromBadRequest(OllamaErrorText said, UpstreamEndpoint endpoint)
    {
        var message = said.Message;
        bool Says(string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);
        GatewayException Invalid(RequestField field) => At(GatewayError.InvalidRequest, message, field);
        GatewayException Unsupported(RequestField field) => At(GatewayError.UnsupportedByModel, message, field);

        return message switch
        {
            _ when Says("context size") || Says("context length") => FromOverflow(said, endpoint),
            _ when Says("does not support thinking") => Unsupported(RequestField.Think),
            _ when Says("does not support tools") => Unsupported(RequestField.Tools),
            _ when Says("does not support insert") => Unsupported(RequestField.Suffix),
            _ when Says("does not support") || Says("multimodal") => Unsupported(RequestField.Model),
            _ when Says("model name") => Invalid(RequestField.Model),
            _ when Says("schema") => Invalid(RequestField.Format),
            _ when Says("invalid duration") || Says("keep_alive") => Invalid(RequestField.KeepAlive),
            _ when Says("think value") => Invalid(RequestField.Think),
            _ => new(GatewayError.InvalidRequest, message),
        };
    }

    /// <summary>
    /// Ollama answers wrong types in <c>options</c> with 500: <c>option "temperature" must be of type float32</c>. Null
    /// for others.
    /// </summary>
    public static GatewayException? FromBadOption(string message)
    {
        if (message.StartsWith("invalid format", StringComparison.Ordinal))
        {
            return At(GatewayError.InvalidRequest, message, RequestField.Format);
        }

        var parts = message.Split('"');
        return parts is ["option ", var name, var rest] && rest.StartsWith(" must be of type", StringComparison.Ordinal)
            ? new(GatewayError.InvalidRequest, message) { Field = RequestField.Option, OptionName = name }
            : null;
    }

    public static GatewayException At(GatewayError error, string message, RequestField field) =>
        new(error, message) { Field = field };

    /// <summary>Uses OpenAI's wording if the numbers are known: agents parse them from this text and shorten the conversation.</summary>
    private static GatewayException FromOverflow(OllamaErrorText said, UpstreamEndpoint endpoint)
    {
        if (said.ExceededContext is not { PromptTokens: var prompt, ContextTokens: var context })
        {
            return At(GatewayError.ContextLengthExceeded, said.Message, RequestField.Prompt);
        }

        var noun = endpoint switch
        {
            UpstreamEndpoint.Chat => "messages",
            UpstreamEndpoint.Embed => "input",
            _ => "prompt",
        };
        // Clients that compact a conversation know this error by its text: pi by the first sentence, Copilot by the last.
        return new(
            GatewayError.ContextLengthExceeded,
            $"This model's maximum context length is {context} tokens. However, your {noun} resulted in {prompt} tokens "
            + $"(it exceeds the available context size). Please reduce the length of the {noun}. "
            + "Your input exceeds the context window of this model.")
        {
            Field = RequestField.Prompt,
            ExceededContext = said.ExceededContext,
            LogDetail = $"Prompt: {prompt} tokens; context: {context} tokens.",
        };
    }
}
