/** One object store in an IndexedDB database of its own: what the scanner keeps on the device. */

/** Asks the store; rejects where the device keeps nothing (some private windows). */
export type StoreRequest = <T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest,
) => Promise<T>;

/** The store of a database, which is opened by the first request. @param keyPath of the member that tells its entries apart */
export function objectStore(database: string, store: string, keyPath: string): StoreRequest {
  let opened: Promise<IDBDatabase> | undefined;
  return async (mode, work) => {
    opened ??= open(database, store, keyPath);
    return settled(work((await opened).transaction(store, mode).objectStore(store)));
  };
}

function open(database: string, store: string, keyPath: string): Promise<IDBDatabase> {
  const opening = indexedDB.open(database, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(store, { keyPath });
  return settled(opening);
}

function settled<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
