"""STAY FRESH: the data as they are now. The only endless thread, network, psutil and Dask.

    feed             gives the survey as it is now, and says when there is another; keeper: what its thread does
    reading          an app folder -> its survey; appending: records that are added while the server runs
    watch            whether files have changed; polling: when to ask an address; download: its copy
    cluster          records on a Dask cluster; parquet_folder: how its workers read them
    activity         what the server is doing
"""
