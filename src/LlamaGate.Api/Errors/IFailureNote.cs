using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Errors;

/// <summary>A request feature that records why the request failed.</summary>
internal interface IFailureNote
{
    /// <summary>The code of the error; see <see cref="ErrorTranslator.ToCode"/>.</summary>
    string? ErrorCode { set; }

    /// <summary>The field at fault, as in the error.</summary>
    string? ErrorParam { set; }

    /// <summary>The status of Ollama's response, if that caused the error.</summary>
    int? UpstreamStatus { set; }
}

internal static class FailureNotes
{
    public static void NoteError(this HttpContext context, GatewayException exception)
    {
        if (context.Features.Get<IFailureNote>() is { } note)
        {
            note.ErrorCode = ErrorTranslator.ToCode(exception);
            note.ErrorParam = context.ErrorDialect().FieldOf(exception);
            note.UpstreamStatus = exception.UpstreamStatus;
        }
    }
}
