namespace LlamaGate.Api.Errors;

/// <summary>A feature of the request that remembers why it failed.</summary>
internal interface IFailureNote
{
    /// <summary>The code of the error; see <see cref="ErrorTranslator.ToCode"/>.</summary>
    string? ErrorCode { set; }

    /// <summary>The field at fault, as the error names it.</summary>
    string? ErrorParam { set; }
}

internal static class FailureNotes
{
    public static void NoteError(this HttpContext context, string code, string? param)
    {
        if (context.Features.Get<IFailureNote>() is { } note)
        {
            note.ErrorCode = code;
            note.ErrorParam = param;
        }
    }
}
