"""Services of one account: session, sync, timelines, outbox, history, receipts, downloads. No Qt; runs on any asyncio
loop, in that loop's thread."""
