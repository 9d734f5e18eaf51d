/// Places of an agreement that its target population fills before others are served.
public enum ReservedPlaces {
    /// How many these are: a number, or a share of all places in hundredths of a percent, rounded up to whole places.
    public static func count(places: Int32, shareHundredths: Int32, of all: Int32) -> Int64 {
        max(Int64(places), (Int64(all) * Int64(shareHundredths) + 9_999) / 10_000)
    }
}
