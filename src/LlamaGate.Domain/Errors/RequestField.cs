namespace LlamaGate.Domain.Errors;

/// <summary>A part of a request in the domain's terms. Each dialect has its own name for it.</summary>
public enum RequestField
{
    /// <summary>The model's name.</summary>
    Model,

    /// <summary>The model's input: messages, a prompt, the texts to embed.</summary>
    Prompt,

    /// <summary>The text after the gap to be filled.</summary>
    Suffix,

    /// <summary>The functions that the model may call.</summary>
    Tools,

    /// <summary>The images that tools gave.</summary>
    ToolImages,

    /// <summary>The constraint on the answer's text.</summary>
    Format,

    /// <summary>The request to think, in the dialect's own field.</summary>
    Effort,

    /// <summary>The request to think, in Ollama's own field.</summary>
    Think,

    /// <summary>How long the model stays loaded.</summary>
    KeepAlive,

    /// <summary>One of Ollama's options; <see cref="GatewayException.OptionName"/> names it.</summary>
    Option,

    /// <summary>The length of embedding vectors.</summary>
    Dimensions,

    /// <summary>The name of an Ollama host.</summary>
    Host,

    /// <summary>The id of a call that waits or runs.</summary>
    Call,
}
