namespace LlamaGate.Api.Errors;

/// <summary>A feature of the request that remembers why it failed.</summary>
internal interface IFailureNote
{
    /// <summary>The code of the error; see <see cref="ErrorTranslator.ToCode"/>.</summary>
    string? ErrorCode { set; }
}

internal static class FailureNotes
{
    public static void NoteErrorCode(this HttpContext context, string code)
    {
        if (context.Features.Get<IFailureNote>() is { } note)
        {
            note.ErrorCode = code;
        }
    }
}
