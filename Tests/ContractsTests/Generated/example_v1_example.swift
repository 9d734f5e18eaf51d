// swift-format-ignore-file
// Generated from puente/example/v1/example.proto by Shared/Contracts/generate. Do not edit.
import Contracts

extension ExampleV1 {
    /// An enum with awkward names.
    public enum Colour: Int32, MessageEnum {
        /// Not said.
        case unspecified = 0
        /// A keyword in Swift.
        case `default` = 1
        /// Two words.
        case darkRed = 2
        /// A negative number.
        case infrared = -1

        /// What an absent field means.
        public static var fieldDefault: Self { .unspecified }
        /// The name in the contract.
        public var name: StaticString {
            switch self {
            case .unspecified: "COLOUR_UNSPECIFIED"
            case .default: "COLOUR_DEFAULT"
            case .darkRed: "COLOUR_DARK_RED"
            case .infrared: "COLOUR_INFRARED"
            }
        }
    }

    /// Names that are keywords or parameters in Swift.
    public struct Awkward: Message {
        /// A keyword.
        public var `default`: String
        /// A keyword.
        public var `in`: Int32
        /// A parameter of the generated functions.
        public var reader: String
        /// A parameter of the generated functions.
        public var writer: String
        /// A parameter of the generated functions.
        public var number: Int32

        /// The empty message: every field has its default.
        public init() {
            self.default = ""
            self.in = 0
            self.reader = ""
            self.writer = ""
            self.number = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            `default`: String = "",
            `in`: Int32 = 0,
            reader: String = "",
            writer: String = "",
            number: Int32 = 0
        ) {
            self.default = `default`
            self.in = `in`
            self.reader = reader
            self.writer = writer
            self.number = number
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.example.v1.Awkward" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "default", "default"),
            MessageField(2, "in", "in"),
            MessageField(3, "reader", "reader"),
            MessageField(4, "writer", "writer"),
            MessageField(5, "number", "number"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&self.default)
            case 2: try reader.read(&self.in)
            case 3: try reader.read(&self.reader)
            case 4: try reader.read(&self.writer)
            case 5: try reader.read(&self.number)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("default", self.default)
            writer.write("in", self.in)
            writer.write("reader", self.reader)
            writer.write("writer", self.writer)
            writer.write("number", self.number)
        }
    }

    /// Every kind of field.
    public struct Everything: Message {
        /// Text.
        public var text: String
        /// A flag.
        public var flag: Bool
        /// 32 bits.
        public var signedShort: Int32
        /// 32 bits without a sign.
        public var unsignedShort: UInt32
        /// 64 bits.
        public var signedLong: Int64
        /// 64 bits without a sign.
        public var unsignedLong: UInt64
        /// Binary floating point.
        public var wide: Double
        /// Narrow binary floating point.
        public var narrow: Float
        /// Bytes.
        public var raw: [UInt8]
        /// A moment.
        public var moment: Timestamp?
        /// A length of time.
        public var length: Duration?
        /// An enum.
        public var colour: ExampleV1.Colour
        /// A message of the same package.
        public var awkward: ExampleV1.Awkward?
        /// A message of another package.
        public var money: CommonV1.Money?
        /// Texts.
        public var texts: [String]
        /// Numbers.
        public var longs: [Int64]
        /// Enums.
        public var colours: [ExampleV1.Colour]
        /// Messages.
        public var inners: [ExampleV1.Everything.Inner]
        /// Byte strings.
        public var raws: [[UInt8]]
        /// A map.
        public var labels: [String: String]
        /// A map of messages.
        public var innerByName: [String: ExampleV1.Everything.Inner]
        /// A map of numbers.
        public var counts: [String: Int64]
        /// Text that may be absent.
        public var maybeText: String?
        /// A number that may be absent.
        public var maybeLong: Int64?
        /// An enum that may be absent.
        public var maybeColour: ExampleV1.Colour?
        /// Bytes that may be absent.
        public var maybeRaw: [UInt8]?
        /// Zig-zag 64 bits.
        public var zigzag: Int64
        /// Fixed 32 bits.
        public var fixed: UInt32
        /// Moments.
        public var moments: [Timestamp]
        /// A name whose JSON form protobuf derives in its own way.
        public var oddName2x: String

        /// The empty message: every field has its default.
        public init() {
            text = ""
            flag = false
            signedShort = 0
            unsignedShort = 0
            signedLong = 0
            unsignedLong = 0
            wide = 0
            narrow = 0
            raw = []
            moment = nil
            length = nil
            colour = ExampleV1.Colour.fieldDefault
            awkward = nil
            money = nil
            texts = []
            longs = []
            colours = []
            inners = []
            raws = []
            labels = [:]
            innerByName = [:]
            counts = [:]
            maybeText = nil
            maybeLong = nil
            maybeColour = nil
            maybeRaw = nil
            zigzag = 0
            fixed = 0
            moments = []
            oddName2x = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            text: String = "",
            flag: Bool = false,
            signedShort: Int32 = 0,
            unsignedShort: UInt32 = 0,
            signedLong: Int64 = 0,
            unsignedLong: UInt64 = 0,
            wide: Double = 0,
            narrow: Float = 0,
            raw: [UInt8] = [],
            moment: Timestamp? = nil,
            length: Duration? = nil,
            colour: ExampleV1.Colour = ExampleV1.Colour.fieldDefault,
            awkward: ExampleV1.Awkward? = nil,
            money: CommonV1.Money? = nil,
            texts: [String] = [],
            longs: [Int64] = [],
            colours: [ExampleV1.Colour] = [],
            inners: [ExampleV1.Everything.Inner] = [],
            raws: [[UInt8]] = [],
            labels: [String: String] = [:],
            innerByName: [String: ExampleV1.Everything.Inner] = [:],
            counts: [String: Int64] = [:],
            maybeText: String? = nil,
            maybeLong: Int64? = nil,
            maybeColour: ExampleV1.Colour? = nil,
            maybeRaw: [UInt8]? = nil,
            zigzag: Int64 = 0,
            fixed: UInt32 = 0,
            moments: [Timestamp] = [],
            oddName2x: String = ""
        ) {
            self.text = text
            self.flag = flag
            self.signedShort = signedShort
            self.unsignedShort = unsignedShort
            self.signedLong = signedLong
            self.unsignedLong = unsignedLong
            self.wide = wide
            self.narrow = narrow
            self.raw = raw
            self.moment = moment
            self.length = length
            self.colour = colour
            self.awkward = awkward
            self.money = money
            self.texts = texts
            self.longs = longs
            self.colours = colours
            self.inners = inners
            self.raws = raws
            self.labels = labels
            self.innerByName = innerByName
            self.counts = counts
            self.maybeText = maybeText
            self.maybeLong = maybeLong
            self.maybeColour = maybeColour
            self.maybeRaw = maybeRaw
            self.zigzag = zigzag
            self.fixed = fixed
            self.moments = moments
            self.oddName2x = oddName2x
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.example.v1.Everything" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "text", "text"),
            MessageField(2, "flag", "flag"),
            MessageField(3, "signedShort", "signed_short"),
            MessageField(4, "unsignedShort", "unsigned_short"),
            MessageField(5, "signedLong", "signed_long"),
            MessageField(6, "unsignedLong", "unsigned_long"),
            MessageField(7, "wide", "wide"),
            MessageField(8, "narrow", "narrow"),
            MessageField(9, "raw", "raw"),
            MessageField(10, "moment", "moment"),
            MessageField(11, "length", "length"),
            MessageField(12, "colour", "colour"),
            MessageField(13, "awkward", "awkward"),
            MessageField(14, "money", "money"),
            MessageField(15, "texts", "texts"),
            MessageField(16, "longs", "longs"),
            MessageField(17, "colours", "colours"),
            MessageField(18, "inners", "inners"),
            MessageField(19, "raws", "raws"),
            MessageField(20, "labels", "labels"),
            MessageField(21, "innerByName", "inner_by_name"),
            MessageField(22, "counts", "counts"),
            MessageField(23, "maybeText", "maybe_text"),
            MessageField(24, "maybeLong", "maybe_long"),
            MessageField(25, "maybeColour", "maybe_colour"),
            MessageField(26, "maybeRaw", "maybe_raw"),
            MessageField(27, "zigzag", "zigzag"),
            MessageField(28, "fixed", "fixed"),
            MessageField(29, "moments", "moments"),
            MessageField(30, "oddName2x", "odd__name_2x"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&text)
            case 2: try reader.read(&flag)
            case 3: try reader.read(&signedShort)
            case 4: try reader.read(&unsignedShort)
            case 5: try reader.read(&signedLong)
            case 6: try reader.read(&unsignedLong)
            case 7: try reader.read(&wide)
            case 8: try reader.read(&narrow)
            case 9: try reader.read(&raw)
            case 10: try reader.read(optional: &moment)
            case 11: try reader.read(optional: &length)
            case 12: try reader.read(&colour)
            case 13: try reader.read(optional: &awkward)
            case 14: try reader.read(optional: &money)
            case 15: try reader.read(repeated: &texts)
            case 16: try reader.read(repeated: &longs)
            case 17: try reader.read(repeated: &colours)
            case 18: try reader.read(repeated: &inners)
            case 19: try reader.read(repeated: &raws)
            case 20: try reader.read(map: &labels)
            case 21: try reader.read(map: &innerByName)
            case 22: try reader.read(map: &counts)
            case 23: try reader.read(optional: &maybeText)
            case 24: try reader.read(optional: &maybeLong)
            case 25: try reader.read(optional: &maybeColour)
            case 26: try reader.read(optional: &maybeRaw)
            case 27: try reader.read(&zigzag)
            case 28: try reader.read(&fixed)
            case 29: try reader.read(repeated: &moments)
            case 30: try reader.read(&oddName2x)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("text", text)
            writer.write("flag", flag)
            writer.write("signedShort", signedShort)
            writer.write("unsignedShort", unsignedShort)
            writer.write("signedLong", signedLong)
            writer.write("unsignedLong", unsignedLong)
            writer.write("wide", wide)
            writer.write("narrow", narrow)
            writer.write("raw", raw)
            writer.write("moment", optional: moment)
            writer.write("length", optional: length)
            writer.write("colour", colour)
            writer.write("awkward", optional: awkward)
            writer.write("money", optional: money)
            writer.write("texts", repeated: texts)
            writer.write("longs", repeated: longs)
            writer.write("colours", repeated: colours)
            writer.write("inners", repeated: inners)
            writer.write("raws", repeated: raws)
            writer.write("labels", map: labels)
            writer.write("innerByName", map: innerByName)
            writer.write("counts", map: counts)
            writer.write("maybeText", optional: maybeText)
            writer.write("maybeLong", optional: maybeLong)
            writer.write("maybeColour", optional: maybeColour)
            writer.write("maybeRaw", optional: maybeRaw)
            writer.write("zigzag", zigzag)
            writer.write("fixed", fixed)
            writer.write("moments", repeated: moments)
            writer.write("oddName2x", oddName2x)
        }

        /// A message within a message.
        public struct Inner: Message {
            /// A value.
            public var value: Int32
            /// An enum within a message.
            public var shape: ExampleV1.Everything.Inner.Shape

            /// The empty message: every field has its default.
            public init() {
                value = 0
                shape = ExampleV1.Everything.Inner.Shape.fieldDefault
            }

            /// A message; fields that are not given have their defaults.
            public init(
                value: Int32 = 0,
                shape: ExampleV1.Everything.Inner.Shape = ExampleV1.Everything.Inner.Shape.fieldDefault
            ) {
                self.value = value
                self.shape = shape
            }

            /// Full name in the contract.
            public static var fullName: String { "puente.example.v1.Everything.Inner" }
            /// The fields.
            public static let fields: [MessageField] = [
                MessageField(1, "value", "value"),
                MessageField(2, "shape", "shape"),
            ]
            /// Reads the value of one field.
            public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
                switch number {
                case 1: try reader.read(&value)
                case 2: try reader.read(&shape)
                default: break
                }
            }
            /// Writes the fields that differ from their defaults.
            public func writeFields(to writer: inout JSONWriter) {
                writer.write("value", value)
                writer.write("shape", shape)
            }

            /// Shapes.
            public enum Shape: Int32, MessageEnum {
                /// Not said.
                case unspecified = 0
                /// Round.
                case round = 1

                /// What an absent field means.
                public static var fieldDefault: Self { .unspecified }
                /// The name in the contract.
                public var name: StaticString {
                    switch self {
                    case .unspecified: "SHAPE_UNSPECIFIED"
                    case .round: "SHAPE_ROUND"
                    }
                }
            }
        }
    }

    /// Methods of each kind.
    public enum Examples {
        /// Ordered by a field, with every setting.
        public static let `repeat` = Method<ExampleV1.Everything, ExampleV1.Everything>(
            name: "puente.example.v1.Examples/Repeat", kind: .serverStreaming,
            policy: .init(idempotency: .keyRequired, retry: .init(maxAttempts: 4, initialBackoff: .nanoseconds(250000000), maxBackoff: .seconds(9), multiplierHundredths: 150, retryableCodes: ["UNAVAILABLE", "DATA_LOSS"]), deadline: .nanoseconds(1500000000), orderingKey: "signed_long", priority: 7, allowedRoles: ["operator", "reporting"], maxConcurrency: 3, maxRatePerSecond: 20, batchSize: 50, maxConcurrencyPerKey: 2))
        /// Without a reply, with the defaults of everything that may be left out.
        public static let `throw` = Method<ExampleV1.Everything, CommonV1.Empty>(
            name: "puente.example.v1.Examples/Throw", kind: .oneWay,
            policy: .init(oneWay: true, allowedRoles: ["transfers"]))

        /// Every method, in the contract's order.
        public static let methods: [any AnyMethod] = [`repeat`, `throw`]
    }
}
