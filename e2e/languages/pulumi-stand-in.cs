// A stand-in of the public types of Pulumi's .NET SDK, as far as a generated SDK and a program name them. The SDK itself is served
// by NuGet alone, which not every machine reaches. It compiles and does nothing: what is tried with it is what the compiler says of
// the types that Pulumi's generator writes from our schema.
#nullable enable

using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading.Tasks;

namespace Pulumi
{
    public sealed class Output<T>
    {
        public Output<U> Apply<U>(Func<T, U> to) => throw new NotSupportedException();
        public Output<U> Apply<U>(Func<T, Input<U>?> to) => throw new NotSupportedException();
        public Output<U> Apply<U>(Func<T, Output<U>?> to) => throw new NotSupportedException();
    }

    public static class Output
    {
        public static Output<T> CreateSecret<T>(T value) => throw new NotSupportedException();
        public static Output<(T0, T1)> Tuple<T0, T1>(Input<T0> one, Input<T1> other) => throw new NotSupportedException();
    }

    public class Input<T>
    {
        public static implicit operator Input<T>(T value) => throw new NotSupportedException();
        public static implicit operator Input<T>(Output<T> value) => throw new NotSupportedException();
    }

    public sealed class InputList<T> : Input<ImmutableArray<T>>, IEnumerable
    {
        public void Add(params Input<T>[] values) => throw new NotSupportedException();
        public static implicit operator InputList<T>(T[] values) => throw new NotSupportedException();
        public static implicit operator InputList<T>(Input<T>[] values) => throw new NotSupportedException();
        public static implicit operator InputList<T>(Output<T>[] values) => throw new NotSupportedException();
        public static implicit operator InputList<T>(List<T> values) => throw new NotSupportedException();
        public static implicit operator InputList<T>(Output<ImmutableArray<T>> values) => throw new NotSupportedException();
        IEnumerator IEnumerable.GetEnumerator() => throw new NotSupportedException();
    }

    public sealed class InputMap<V> : Input<ImmutableDictionary<string, V>>, IEnumerable
    {
        public void Add(string key, Input<V> value) => throw new NotSupportedException();
        public Input<V> this[string key] { set => throw new NotSupportedException(); }
        public static implicit operator InputMap<V>(Dictionary<string, V> values) => throw new NotSupportedException();
        IEnumerator IEnumerable.GetEnumerator() => throw new NotSupportedException();
    }

    /// <summary>One of two types: an open enum, or any text.</summary>
    public readonly struct Union<T0, T1>
    {
        public static implicit operator Union<T0, T1>(T0 value) => throw new NotSupportedException();
        public static implicit operator Union<T0, T1>(T1 value) => throw new NotSupportedException();
    }

    public sealed class InputUnion<T0, T1> : Input<Union<T0, T1>>
    {
        public static implicit operator InputUnion<T0, T1>(T0 value) => throw new NotSupportedException();
        public static implicit operator InputUnion<T0, T1>(T1 value) => throw new NotSupportedException();
        public static implicit operator InputUnion<T0, T1>(Output<T0> value) => throw new NotSupportedException();
        public static implicit operator InputUnion<T0, T1>(Output<T1> value) => throw new NotSupportedException();
    }

    public abstract class ResourceArgs
    {
        public static ResourceArgs Empty => throw new NotSupportedException();
    }

    public abstract class InvokeArgs
    {
        public static InvokeArgs Empty => throw new NotSupportedException();
    }

    public abstract class Resource { }

    public class CustomResource : Resource
    {
        public CustomResource(string type, string name, ResourceArgs? args, CustomResourceOptions? options = null) { }
        public Output<string> Id => throw new NotSupportedException();
    }

    public abstract class ProviderResource : CustomResource
    {
        protected ProviderResource(string package, string name, ResourceArgs args, CustomResourceOptions? options = null)
            : base(package, name, args, options) { }
    }

    public sealed class Alias
    {
        public Input<string>? Type { get; set; }
    }

    public sealed class CustomResourceOptions
    {
        public Input<string>? Id { get; set; }
        public string? Version { get; set; }
        public List<Input<Alias>> Aliases { get; set; } = new List<Input<Alias>>();
        public List<string> AdditionalSecretOutputs { get; set; } = new List<string>();
        public static CustomResourceOptions Merge(CustomResourceOptions? one, CustomResourceOptions? other) =>
            throw new NotSupportedException();
    }

    public class InvokeOptions
    {
        public string? Version { get; set; }
    }

    public sealed class InvokeOutputOptions : InvokeOptions { }

    public abstract class AssetOrArchive { }

    public sealed class FileAsset : AssetOrArchive
    {
        public FileAsset(string path) { }
    }

    public sealed class Config
    {
        public Config(string? name = null) { }
        public string? Get(string key) => throw new NotSupportedException();
        public bool? GetBoolean(string key) => throw new NotSupportedException();
        public int? GetInt32(string key) => throw new NotSupportedException();
        public T GetObject<T>(string key) => throw new NotSupportedException();
        public string Require(string key) => throw new NotSupportedException();
        public Output<string> RequireSecret(string key) => throw new NotSupportedException();
    }

    public sealed class Deployment
    {
        public static Deployment Instance => throw new NotSupportedException();
        public Task<T> InvokeAsync<T>(string token, InvokeArgs args, InvokeOptions? options) => throw new NotSupportedException();
        public Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOptions? options) => throw new NotSupportedException();
        public static Task<int> RunAsync(Func<IDictionary<string, object?>> program) => throw new NotSupportedException();
        public static Task<int> RunAsync(Action program) => throw new NotSupportedException();
    }

    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
    public sealed class InputAttribute : Attribute
    {
        public InputAttribute(string name, bool required = false, bool json = false) { }
    }

    [AttributeUsage(AttributeTargets.Property)]
    public sealed class OutputAttribute : Attribute
    {
        public OutputAttribute(string? name = null) { }
    }

    [AttributeUsage(AttributeTargets.Class)]
    public sealed class OutputTypeAttribute : Attribute { }

    [AttributeUsage(AttributeTargets.Constructor)]
    public sealed class OutputConstructorAttribute : Attribute { }

    [AttributeUsage(AttributeTargets.Struct | AttributeTargets.Enum)]
    public sealed class EnumTypeAttribute : Attribute { }

    [AttributeUsage(AttributeTargets.Class)]
    public class ResourceTypeAttribute : Attribute
    {
        public ResourceTypeAttribute(string type, string? version) { }
    }
}

namespace Pulumi.Serialization { }
