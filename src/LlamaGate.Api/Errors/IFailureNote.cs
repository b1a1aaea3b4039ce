using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Errors;

/// <summary>A feature of the request that remembers why it failed.</summary>
internal interface IFailureNote
{
    /// <summary>The code of the error; see <see cref="ErrorTranslator.ToCode"/>.</summary>
    string? ErrorCode { set; }

    /// <summary>The field at fault, as the error names it.</summary>
    string? ErrorParam { set; }

    /// <summary>The status of Ollama's response where that is the error.</summary>
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
