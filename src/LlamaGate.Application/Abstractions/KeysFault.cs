namespace LlamaGate.Application.Abstractions;

/// <summary>Something wrong in a keys file. It never contains a value of the file, which could be a key.</summary>
/// <param name="Line">Counted from 1; null where the fault is the file's as a whole.</param>
/// <param name="Place">The field, like <c>keys[2].hash</c>; null where it is none.</param>
/// <param name="Id">The id of the key, if it has a valid one.</param>
/// <param name="Problem">Completes "keys[2].hash …".</param>
public sealed record KeysFault(int? Line, string? Place, string? Id, string Problem)
{
    /// <summary>For the operator.</summary>
    /// <param name="path">Of the file.</param>
    public string Describe(string path)
    {
        var line = Line is null ? path : $"line {Line} of {path}";
        var place = Place is null ? " " : Id is null ? $": {Place} " : $": {Place} of key \"{Id}\" ";
        return line + place + Problem;
    }

    /// <summary>Without path and id, for an answer that needs no key.</summary>
    public string DescribeBriefly() =>
        $"{(Line is null ? "" : $"line {Line}: ")}{(Place is null ? "the file" : Place)} {Problem}";
}
