@testable import Postgres
import Testing

private typealias State = PoolState<String, Int>

@Test func aPoolOpensUpToItsSizeAndThenLetsWait() {
    var state = State(size: 2)
    guard case .open = state.acquire(1), case .open = state.acquire(2), case .wait = state.acquire(3) else {
        Issue.record("two places, then a wait")
        return
    }
    #expect(state.leased == 2)
    #expect(state.waiting == [3])
}

@Test func waitersAreServedInTheirOrder() {
    var state = State(size: 1)
    _ = state.acquire(1)
    _ = state.acquire(2)
    _ = state.acquire(3)
    guard case .give("c", 2) = state.release("c"), case .give("c", 3) = state.release("c") else {
        Issue.record("the first waiter is served first")
        return
    }
    guard case .keep = state.release("c") else {
        Issue.record("nobody waits any more")
        return
    }
    #expect(state.idle == ["c"])
    #expect(state.leased == 0)
}

@Test func theMostRecentConnectionIsUsedAgain() {
    var state = State(size: 2)
    _ = state.acquire(1)
    _ = state.acquire(2)
    _ = state.release("old")
    _ = state.release("new")
    guard case .use("new") = state.acquire(3) else {
        Issue.record("the last one given back is the warmest")
        return
    }
}

@Test func aBrokenConnectionLeavesItsPlaceToAWaiter() {
    var state = State(size: 1)
    _ = state.acquire(1)
    _ = state.acquire(2)
    guard case .letOpen(2) = state.release(nil) else {
        Issue.record("the waiter may open a new connection")
        return
    }
    #expect(state.leased == 1)
    guard case .keep = state.release(nil) else {
        Issue.record("nobody waits")
        return
    }
    #expect(state.leased == 0 && state.idle.isEmpty)
}

@Test func aWaiterThatGivesUpIsForgotten() {
    var state = State(size: 1)
    _ = state.acquire(1)
    _ = state.acquire(2)
    let first = state.abandon(2)
    let second = state.abandon(2)
    #expect(first && !second)
    guard case .keep = state.release("c") else {
        Issue.record("the waiter is gone")
        return
    }
}

@Test func aClosedPoolRefusesAndClosesWhatComesBack() {
    var state = State(size: 2)
    _ = state.acquire(1)
    _ = state.acquire(2)
    _ = state.acquire(3)
    _ = state.release("a")
    let (idle, refused) = state.close()
    #expect(idle.isEmpty)
    #expect(refused.isEmpty)
    guard case .close("b") = state.release("b"), case .refuse = state.acquire(4) else {
        Issue.record("a closed pool keeps nothing")
        return
    }
}
